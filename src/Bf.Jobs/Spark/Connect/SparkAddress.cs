using System.Globalization;

namespace Bf.Jobs.Spark.Connect;

/// <summary>
/// The address of a Spark Connect server, as Spark's own clients take it (its documentation, "Client connection string"):
/// <c>sc://host:port/;token=...;use_ssl=true;user_id=...</c>, or only <c>host:port</c>.
/// </summary>
internal sealed record SparkAddress
{
    private const int DefaultPort = 15002;
    private const string Form = "an address is sc://HOST:15002, with /;use_ssl=true;token=... behind it where the server wants them";

    /// <summary>The host's name or number; an IPv6 number stands in brackets.</summary>
    public required string Host { get; init; }

    /// <summary>The port, 15002 where none is given.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Whether to speak TLS; a token implies it.</summary>
    public bool Tls { get; init; }

    /// <summary>The bearer token, which is never shown.</summary>
    public string? Token { get; init; }

    /// <summary>The user that Spark keeps the session under.</summary>
    public string? UserId { get; init; }

    /// <summary>Headers for what stands before the server, such as x-databricks-cluster-id; like the token never shown.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Where requests go.</summary>
    public Uri Root => new($"{(Tls ? "https" : "http")}://{Host}:{Port.ToString(CultureInfo.InvariantCulture)}/");

    /// <summary>Reads an address.</summary>
    /// <exception cref="JobException">It is none; the message says what one looks like, and never repeats a token.</exception>
    public static SparkAddress Parse(string text)
    {
        var rest = text.Trim();
        if (rest.Contains("://", StringComparison.Ordinal))
        {
            rest = rest.StartsWith("sc://", StringComparison.OrdinalIgnoreCase) ? rest[5..]
                : throw new JobException($"{Masked(rest)} is no Spark Connect address: {Form}; spark:// names the master, which only Spark's own programs talk to");
        }

        var slash = rest.IndexOf('/');
        var (place, settings) = slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..]);
        if (settings.Length > 0 && settings[0] != ';')
        {
            throw new JobException($"the Spark Connect address has a path: {Form}");
        }

        var address = Place(place);
        bool? tls = null;
        foreach (var setting in settings.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = setting.IndexOf('=');
            if (equals <= 0 || equals == setting.Length - 1)
            {
                throw new JobException($"the Spark Connect address has a setting that is not NAME=VALUE: {Form}");
            }

            var (name, value) = (setting[..equals], Uri.UnescapeDataString(setting[(equals + 1)..]));
            switch (name)
            {
                case "token": address = address with { Token = Plain(name, value) }; break;
                case "user_id": address = address with { UserId = value }; break;
                case "use_ssl": tls = bool.TryParse(value, out var on) ? on : throw new JobException($"use_ssl in the Spark Connect address is true or false, not '{value}'"); break;
                case "session_id": throw new JobException("session_id in the Spark Connect address: bf opens a session of its own; leave it out");
                case "user_agent": break; // a client's name for itself: ours is bf
                default: address = address with { Headers = [.. address.Headers, new(Header(name), Plain(name, value))] }; break;
            }
        }

        return address.Token is not null && tls == false
            ? throw new JobException("the Spark Connect address has a token and use_ssl=false: a token is sent over TLS only; leave out one of the two")
            : address with { Tls = tls ?? address.Token is not null };
    }

    /// <summary>The address without what is secret.</summary>
    public override string ToString() => $"sc://{Host}:{Port.ToString(CultureInfo.InvariantCulture)}{(Tls ? "/;use_ssl=true" : "")}";

    private static SparkAddress Place(string place)
    {
        var colon = place.LastIndexOf(':');
        var bracket = place.LastIndexOf(']');
        var (host, port) = colon > bracket ? (place[..colon], place[(colon + 1)..]) : (place, null);
        var number = DefaultPort;
        return Uri.CheckHostName(host.Trim('[', ']')) is UriHostNameType.Unknown || host.StartsWith('[') != host.Contains(':', StringComparison.Ordinal)
            ? throw new JobException($"'{Masked(place)}' is no host and port: {Form}")
            : port is not null && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is 0 or > 65535)
            ? throw new JobException($"'{port}' is no port in the Spark Connect address: {Form}")
            : new SparkAddress { Host = host, Port = number };
    }

    // what a header can't carry would end up in an error's text further down
    private static string Plain(string name, string value) => value.AsSpan().ContainsAnyExceptInRange(' ', '~')
        ? throw new JobException($"{name} in the Spark Connect address has characters that can't be sent in a header")
        : value;

    private static string Header(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                throw new JobException($"the Spark Connect address has a setting whose name can't be a header: {Form}");
            }
        }

        return name.ToLowerInvariant();
    }

    private static string Masked(string text) => text.IndexOf(';') is >= 0 and var at ? text[..at] : text;
}
