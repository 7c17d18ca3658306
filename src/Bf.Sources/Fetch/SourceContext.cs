using Bf.Sources.Http;

namespace Bf.Sources.Fetch;

/// <summary>What a source is made from.</summary>
/// <param name="Setting">Looks up a setting by its name.</param>
/// <param name="Option">Looks up an option of the source's own, as in <c>--from</c>; null when it was not given.</param>
/// <param name="Http">Web requests, with retries.</param>
/// <param name="Clock">The time.</param>
public sealed record SourceContext(Func<string, string?> Setting, Func<string, string?> Option, HttpGet Http, TimeProvider Clock)
{
    /// <summary>The last day that the user wants; null when nothing was said.</summary>
    public DateOnly? End { get; init; }

    /// <summary>An address from a setting: http where it names no scheme, without a slash at its end.</summary>
    /// <exception cref="FormatException">It is empty, or no address.</exception>
    public string Address(string setting)
    {
        var text = Setting(setting)?.Trim() ?? "";
        var address = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
            ? address.TrimEnd('/')
            : throw new FormatException($"'{text}' is no web address; write --source-url https://HOST, or set {setting}");
    }
}
