using System.Globalization;
using System.Text;
using Bf.Core.Market;
using Bf.Sources.Fetch;

namespace Bf.Sources.Exchange;

/// <summary>What one task of a cluster asks for: its part of the symbols, and its part of what the source is burdened with.</summary>
/// <param name="Parallel">How many symbols it asks for at the same time.</param>
/// <param name="Patience">After so many failures in a row it gives up.</param>
/// <param name="Requests">What it asks for.</param>
public sealed record FetchShare(int Parallel, int Patience, IReadOnlyList<SourceRequest> Requests);

/// <summary>
/// What workers in other processes are to fetch, as lines of text: <c>bf-fetch 1</c>, then between tabs <c>source NAME</c>, <c>interval NAME</c>,
/// <c>now TIME</c>, <c>end DATE</c> where there is one, <c>setting NAME VALUE</c>, <c>option NAME VALUE</c>, and for each share
/// <c>share PARALLEL PATIENCE</c> with its <c>symbol NAME FROM TO</c> (microseconds since 1970-01-01 UTC, From empty for as far back as the source goes).
/// It may hold a key: it travels in a file, never in a statement.
/// </summary>
/// <param name="Source">The source.</param>
/// <param name="Interval">The bars' length.</param>
/// <param name="Now">The present time, microseconds: the same for all, whatever an executor's clock says.</param>
/// <param name="Shares">The shares; a worker is told which by their index.</param>
public sealed record FetchSpec(SourceChoice Source, Interval Interval, long Now, IReadOnlyList<FetchShare> Shares)
{
    private const string Header = "bf-fetch 1";

    // one symbol that times out is no reason to give a share up
    private const int LeastPatience = 3;

    /// <summary>Deals requests out, so that all shares together burden the source no more than one process would.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="shares">Shares at most.</param>
    /// <param name="parallel">How many symbols are asked for at the same time by all together: no more shares than that.</param>
    public static IReadOnlyList<FetchShare> Deal(IReadOnlyList<SourceRequest> requests, int shares, int parallel)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var count = Math.Max(1, Math.Min(Math.Min(shares, parallel), requests.Count));
        return [.. Enumerable.Range(0, count).Select(i => new FetchShare(
            (parallel / count) + (i < parallel % count ? 1 : 0), Math.Max(LeastPatience, (Patience.Usual + count - 1) / count), [.. requests.Where((_, r) => r % count == i)]))];
    }

    /// <summary>The text.</summary>
    /// <exception cref="FormatException">A name or value holds a tab or a line's end.</exception>
    public string ToText()
    {
        var text = new StringBuilder(Header).Append('\n');
        Line("source", Source.Name);
        Line("interval", Interval.Name);
        Line("now", Text(Now));
        if (Source.End is { } end)
        {
            Line("end", end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        foreach (var (name, value) in Source.Settings)
        {
            Line("setting", name, value);
        }

        foreach (var (name, value) in Source.Options)
        {
            Line("option", name, value);
        }

        foreach (var share in Shares)
        {
            Line("share", Text(share.Parallel), Text(share.Patience));
            foreach (var request in share.Requests)
            {
                Line("symbol", request.Symbol, request.From is { } from ? Text(from) : "", Text(request.To));
            }
        }

        return text.ToString();

        static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

        void Line(params ReadOnlySpan<string> fields)
        {
            foreach (var field in fields[1..])
            {
                if (field.AsSpan().ContainsAny('\t', '\n', '\r'))
                {
                    throw new FormatException($"{(fields.Length > 2 ? fields[1] : fields[0])}: a tab or a line's end in it can't be sent to a worker");
                }
            }

            text.AppendJoin('\t', fields).Append('\n');
        }
    }

    /// <summary>Reads the text back.</summary>
    /// <exception cref="FormatException">It is of another version, or a line is none of these; the message names the line by its number, not its content.</exception>
    public static FetchSpec Parse(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.ReadLine() is var header && header != Header)
        {
            throw new FormatException($"what to fetch begins with '{header}', but this worker reads '{Header}'");
        }

        string? name = null;
        Interval? interval = null;
        DateOnly? end = null;
        long now = 0;
        Dictionary<string, string> settings = [], options = [];
        List<FetchShare> shares = [];
        List<SourceRequest> requests = [];
        for (var line = 2; text.ReadLine() is { } row; line++)
        {
            switch (row.Split('\t'))
            {
                case ["source", var source]:
                    name = source;
                    break;
                case ["interval", var length] when Interval.TryParse(length, out var known):
                    interval = known;
                    break;
                case ["now", var moment] when Number(moment, out now):
                    break;
                case ["end", var date] when DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day):
                    end = day;
                    break;
                case ["setting", var setting, var value]:
                    settings[setting] = value;
                    break;
                case ["option", var option, var value]:
                    options[option] = value;
                    break;
                case ["share", var parallel, var patience] when Number(parallel, out var most) && Number(patience, out var failures):
                    shares.Add(new((int)most, (int)failures, requests = []));
                    break;
                case ["symbol", var symbol, var from, var to] when shares.Count > 0 && interval is not null && Number(to, out var last) && (from.Length == 0 || Number(from, out _)):
                    requests.Add(new(symbol, from.Length == 0 ? null : long.Parse(from, CultureInfo.InvariantCulture), last, interval.Value));
                    break;
                default:
                    throw new FormatException($"what to fetch, line {line} is not understood");
            }
        }

        return name is null || interval is null ? throw new FormatException("what to fetch names no source or no interval")
            : new(new(name, settings, options, end), interval.Value, now, shares);
    }

    private static bool Number(string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
