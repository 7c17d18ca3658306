using System.Buffers;
using Bf.Jobs.Config;

namespace Bf.Jobs.Telemetry;

/// <summary>Takes secrets out of what is shown, logged or sent: the values of secret settings, and names and passwords in addresses.</summary>
public static class Secrets
{
    private const string Mark = "********";

    // what is shorter would mask half of every message, and protects nothing
    private const int Shortest = 4;

    private static Settings? _settings;
    private static string[]? _known;

    /// <summary>Learns the settings whose secrets are to be masked.</summary>
    public static void Know(Settings settings) => (_settings, _known) = (settings, null);

    /// <summary>The text with its secrets masked.</summary>
    public static string Mask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var secret in _known ??= Values())
        {
            text = text.Replace(secret, Mark, StringComparison.Ordinal);
        }

        return WithoutUsers(text);
    }

    private static string[] Values()
    {
        if (_settings is not { } settings)
        {
            return [];
        }

        List<string> values = [];
        foreach (var s in settings.All)
        {
            if (s.Value is not { Length: > 0 } value)
            {
                continue;
            }

            if (s.Setting.Name.EndsWith("_HEADERS", StringComparison.Ordinal))
            {
                values.AddRange(value.Split(',').Select(h => h[(h.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim()));
            }
            else if (s.Setting.Secret)
            {
                values.Add(value);
            }
            else if (s.Setting.Name == "SPARK_REMOTE")
            {
                // what follows the address: a token, a user, headers
                values.AddRange(value.Split(';').Skip(1).Where(p => !p.StartsWith("use_ssl", StringComparison.Ordinal)).Select(p => p[(p.IndexOf('=', StringComparison.Ordinal) + 1)..]));
            }
        }

        // also as they stand in an address; the longest first, since one may be a part of another
        return [.. values.SelectMany(v => new[] { v, Uri.EscapeDataString(v) }).Where(v => v.Length >= Shortest).Distinct().OrderByDescending(v => v.Length)];
    }

    /// <summary>Masks what stands between :// and @.</summary>
    private static string WithoutUsers(string text)
    {
        for (var at = text.IndexOf("://", StringComparison.Ordinal); at >= 0; at = text.IndexOf("://", at + 3, StringComparison.Ordinal))
        {
            var rest = text.AsSpan(at + 3);
            var end = rest.IndexOfAny(Ends.OfHost);
            var user = (end < 0 ? rest : rest[..end]).LastIndexOf('@');
            if (user > 0)
            {
                text = string.Concat(text.AsSpan(0, at + 3), Mark, rest[user..]);
            }
        }

        return text;
    }

    // apart: every command makes its settings known, and few mask anything
    private static class Ends
    {
        public static readonly SearchValues<char> OfHost = SearchValues.Create(" \t\r\n\"'<>|/?#,;");
    }
}
