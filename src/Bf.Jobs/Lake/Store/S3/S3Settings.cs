using System.Globalization;
using Bf.Jobs.Config;

namespace Bf.Jobs.Lake.Store.S3;

/// <summary>How a store that speaks S3 is reached, and where its files are kept meanwhile.</summary>
/// <param name="Endpoint">Its address, with http or https.</param>
/// <param name="AccessKey">The access key.</param>
/// <param name="SecretKey">The secret key.</param>
/// <param name="Region">The region that requests are signed for.</param>
/// <param name="PathStyle">Whether the bucket stands in the path (<c>http://host/bucket</c>) or before the host (<c>http://bucket.host</c>).</param>
/// <param name="Cache">The folder of fetched files.</param>
/// <param name="CacheBytes">How much may stay there.</param>
internal sealed record S3Settings(Uri Endpoint, string AccessKey, string SecretKey, string Region, bool PathStyle, string Cache, long CacheBytes)
{
    /// <summary>The time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Objects that a page of a listing has; null for the store's own number.</summary>
    public int? PageSize { get; init; }

    /// <summary>From how many bytes on a file is uploaded in parts of that size.</summary>
    public long PartSize { get; init; } = 16 << 20;

    /// <summary>How long a store that has answered before may be away.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a request, with all that were tried before it, may go without a byte.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(24);

    /// <summary>Reads the settings.</summary>
    /// <param name="place">What lies there, for messages.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="usual">What stands for a key that is not set; null where it must be.</param>
    /// <exception cref="JobException">One is missing or can't be read; the message names it.</exception>
    public static S3Settings From(string place, Settings settings, string? usual = null) => new(
        Address(Text(settings, "MINIO_ENDPOINT")!),
        Text(settings, "MINIO_ACCESS_KEY") ?? usual ?? throw new JobException($"{place} needs MINIO_ACCESS_KEY and MINIO_SECRET_KEY: set them in the environment, in .env or in a profile"),
        Text(settings, "MINIO_SECRET_KEY") ?? usual ?? throw new JobException($"{place} needs MINIO_SECRET_KEY: set it in the environment, in .env or in a profile"),
        Text(settings, "MINIO_REGION")!,
        YesOrNo(settings, "MINIO_PATH_STYLE"),
        Text(settings, "BF_CACHE") ?? DefaultCache(),
        Size(Text(settings, "BF_CACHE_SIZE")!));

    /// <summary>A size such as <c>500MB</c> or <c>4GB</c>, in bytes.</summary>
    /// <exception cref="JobException">It is none.</exception>
    public static long Size(string text)
    {
        var trimmed = text.Trim();
        var digits = trimmed.AsSpan().TrimEnd("bBkKmMgGtTi ");
        var factor = trimmed.AsSpan(digits.Length).Trim().TrimEnd("bBi").ToString().ToUpperInvariant() switch { "" => 1L, "K" => 1L << 10, "M" => 1L << 20, "G" => 1L << 30, "T" => 1L << 40, _ => 0 };
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && factor > 0 && number * factor < 1e18
            ? (long)(number * factor)
            : throw new JobException($"BF_CACHE_SIZE: '{text}' is no size like 500MB or 4GB");
    }

    private static string? Text(Settings settings, string name) => settings.Of(name).Value is { Length: > 0 } value ? value.Trim() : null;

    private static Uri Address(string text) => text.Contains('@')
        ? throw new JobException("MINIO_ENDPOINT: an address has no name and password in it; they are the settings MINIO_ACCESS_KEY and MINIO_SECRET_KEY") // and is not printed
        : Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.AbsolutePath == "/"
            ? address
            : throw new JobException($"MINIO_ENDPOINT: '{text}' is no address like localhost:9000 or https://s3.eu-central-1.amazonaws.com");

    private static bool YesOrNo(Settings settings, string name) => Text(settings, name)!.ToLowerInvariant() switch
    {
        "true" or "1" or "yes" => true,
        "false" or "0" or "no" => false,
        var other => throw new JobException($"{name}: '{other}' is neither true nor false"),
    };

    private static string DefaultCache() =>
        Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder && Path.IsPathRooted(folder) ? folder : OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "bf");
}
