using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Bf.Jobs.Config;

namespace Bf.Jobs.Search.Elastic;

/// <summary>How Elasticsearch is reached, and how its indices are made.</summary>
internal sealed record ElasticSettings
{
    private const int UsualPort = 9200;
    private const string Form = "an address is HOST:9200, or https://HOST:9200 for TLS; several stand between commas";

    /// <summary>Where it is: the next one is asked where one is down.</summary>
    public required IReadOnlyList<Uri> Hosts { get; init; }

    /// <summary>The API key, as Elasticsearch's own tools show it encoded; null without one.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The user of basic authentication; null without one.</summary>
    public string? User { get; init; }

    /// <summary>The user's password.</summary>
    public string? Password { get; init; }

    /// <summary>A PEM file with the certificates that servers' certificates come from; null for those that the system trusts.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Whether requests are compressed.</summary>
    public bool Gzip { get; init; }

    /// <summary>Shards of a new index.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Copies of each shard of a new index.</summary>
    public int Replicas { get; init; }

    /// <summary>The addresses, for messages.</summary>
    public string Place => string.Join(", ", Hosts.Select(PlaceOf));

    /// <summary>The login as a request's header has it; null without one.</summary>
    public AuthenticationHeaderValue? Authorization => ApiKey is { } key ? new("ApiKey", key)
        : User is { } user ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Password}"))) : null;

    /// <summary>Whether a login is sent.</summary>
    public bool HasLogin => ApiKey is not null || User is not null;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="JobException">One is wrong; the message never repeats a secret.</exception>
    public static ElasticSettings Of(Settings settings)
    {
        var certificates = Given("ELASTICSEARCH_CA");
        List<Uri> hosts = [.. settings.Of("ELASTICSEARCH_HOST").Value!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(h => Address(h, certificates is not null))];
        var (user, password) = (Given("ELASTICSEARCH_USERNAME"), Given("ELASTICSEARCH_PASSWORD"));
        if (user is null != password is null)
        {
            throw new JobException("ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD belong together: one of them is not set");
        }

        return new()
        {
            Hosts = hosts.Count > 0 ? hosts : throw new JobException($"ELASTICSEARCH_HOST names no address: {Form}"),
            ApiKey = Given("ELASTICSEARCH_API_KEY"), User = user, Password = password, CertificateFile = certificates,
            Gzip = Given("ELASTICSEARCH_GZIP") switch
            {
                null => hosts.Exists(h => !h.IsLoopback),
                "true" => true,
                "false" => false,
                var other => throw new JobException($"ELASTICSEARCH_GZIP is '{other}', but must be true or false"),
            },
            Shards = Number("ELASTICSEARCH_SHARDS", 1), Replicas = Number("ELASTICSEARCH_REPLICAS", 0),
        };

        string? Given(string name) => settings.Of(name).Value is { Length: > 0 } value ? value : null;

        int Number(string name, int least) => int.TryParse(Given(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= 1024 ? value
            : throw new JobException($"{name} is '{Given(name)}', but must be a whole number from {least} on");
    }

    /// <summary>An address without what a URL has beside it.</summary>
    public static string PlaceOf(Uri host) => host.Scheme == Uri.UriSchemeHttps ? $"https://{host.Authority}" : host.Authority;

    private static Uri Address(string text, bool tls)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (text.Contains('@', StringComparison.Ordinal))
        {
            throw new JobException("ELASTICSEARCH_HOST holds a user's name or password; set ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD instead");
        }

        if (!Uri.TryCreate((scheme < 0 ? $"{(tls ? "https" : "http")}://{text}" : text).TrimEnd('/') + "/", UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0 || uri.Query.Length > 0)
        {
            throw new JobException($"ELASTICSEARCH_HOST: '{text}' is no address: {Form}");
        }

        if (tls && uri.Scheme == "http")
        {
            throw new JobException($"ELASTICSEARCH_HOST says {uri.Scheme}://{uri.Authority}, and ELASTICSEARCH_CA is set: certificates are for https://");
        }

        // a port that is named may be the scheme's own, which the parsed address does not tell from none
        var place = (scheme < 0 ? text : text[(scheme + 3)..]).Split('/')[0];
        var named = place.LastIndexOf(':') > place.LastIndexOf(']');
        return named || (scheme >= 0 && uri.Scheme == "https") ? uri : new UriBuilder(uri) { Port = UsualPort }.Uri;
    }
}
