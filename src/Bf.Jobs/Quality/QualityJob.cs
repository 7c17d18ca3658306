using System.Globalization;
using Bf.Core.Market;
using Bf.Core.Quality;
using Bf.Jobs.Engines;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Quality;

/// <summary>Which bars to look at.</summary>
/// <param name="Universe">Those of these symbols: all of them, since bars before a membership fill windows too.</param>
/// <param name="Interval">The bars' length.</param>
/// <param name="From">From here on, microseconds; null for all.</param>
/// <param name="To">Up to here, inclusive; null for all.</param>
/// <param name="Checks">The checks; those of the catalogue when null.</param>
/// <param name="Examples">The most places that each check names.</param>
public sealed record QualityRequest(
    Universe Universe, Interval Interval, long? From = null, long? To = null, IReadOnlyList<QualityCheck>? Checks = null, int Examples = Evidence.UsualExamples);

/// <summary>What a check has to say.</summary>
/// <param name="Check">The check.</param>
/// <param name="Evidence">What it found.</param>
public sealed record QualityFinding(QualityCheck Check, Evidence Evidence)
{
    /// <summary>Whether there is anything to say.</summary>
    public bool IsFound => Evidence.Places > 0;

    /// <summary>Whether it changes the signals.</summary>
    public bool IsWarning => IsFound && Check.IsWarning(Evidence);
}

/// <summary>What the checks say of a universe's bars.</summary>
/// <param name="Symbols">Symbols with bars.</param>
/// <param name="Bars">Bars looked at.</param>
/// <param name="Dates">Dates with a bar.</param>
/// <param name="FirstTs">The first, microseconds.</param>
/// <param name="LastTs">The last.</param>
/// <param name="Findings">One a check, in the catalogue's order, found or not.</param>
public sealed record QualityReport(long Symbols, long Bars, int Dates, long FirstTs, long LastTs, IReadOnlyList<QualityFinding> Findings);

/// <summary><c>bf data quality</c>: what is wrong with the bars, what it does to the signals, and what to do. Only reads.</summary>
public static class QualityJob
{
    /// <summary>Looks at the bars, symbol by symbol.</summary>
    /// <exception cref="JobException">There are no bars in the range.</exception>
    public static QualityReport Run(DataLake lake, QualityRequest request, Action<long>? progress = null, CancellationToken cancel = default)
    {
        if (request.Universe.IsCounts)
        {
            throw new JobException($"universe {request.Universe.Name} is made of imported counts and has no bars to look at; see the counts with: bf query \"SELECT * FROM counts\"");
        }

        var bars = lake.Bars(request.Interval);
        var snapshot = bars.Load();
        var where = Where(request);
        var (dates, symbols) = Counts(bars, snapshot, where);
        if (dates.Length == 0)
        {
            throw new JobException(snapshot.Files.Count == 0
                ? $"there are no bars in {bars.Place}; bring some with: bf data import FILE"
                : $"{bars.Place} has no bars of universe {request.Universe.Name} in this range; see what there is with: bf data list");
        }

        var calendar = new MarketCalendar(dates, symbols);
        var findings = (request.Checks ?? QualityChecks.All).Select(c => new QualityFinding(c, new Evidence(request.Examples))).ToList();
        var spans = new List<SymbolSpan>();
        var seen = 0L;
        foreach (var series in BarSeriesReader.Read(bars, snapshot, where))
        {
            cancel.ThrowIfCancellationRequested();
            spans.Add(new(series.Symbol, series.Ts[0], series.Ts[^1]));
            foreach (var finding in findings)
            {
                (finding.Check as SymbolCheck)?.Look(series, calendar, finding.Evidence);
            }

            seen += series.Count;
            progress?.Invoke(seen);
        }

        var facts = new MarketFacts(request.Universe, calendar, spans, Quarantined(lake));
        foreach (var finding in findings)
        {
            (finding.Check as MarketCheck)?.Look(facts, finding.Evidence);
        }

        return new(spans.Count, seen, dates.Length, dates[0], dates[^1], findings);
    }

    private static string Where(QualityRequest request)
    {
        var where = BarSeriesReader.OnlyMembers(request.Universe);
        where += request.From is { } from ? $" AND ts >= make_timestamptz({from.ToString(CultureInfo.InvariantCulture)})" : "";
        return where + (request.To is { } to ? $" AND ts <= make_timestamptz({to.ToString(CultureInfo.InvariantCulture)})" : "");
    }

    /// <summary>The dates with bars, and how many symbols have one.</summary>
    private static (long[] Dates, long[] Symbols) Counts(DeltaTable bars, Snapshot snapshot, string where)
    {
        if (snapshot.Files.Count == 0)
        {
            return ([], []);
        }

        List<long> dates = [], symbols = [];
        using var connection = DuckDatabase.Connect();
        using var rows = connection.Stream($"SELECT ts, count(*) FROM {bars.Parquet(snapshot.Files)} WHERE {where} GROUP BY ts ORDER BY ts");
        while (rows.Next())
        {
            dates.AddRange(rows.Column<long>(0));
            symbols.AddRange(rows.Column<long>(1));
        }

        return ([.. dates], [.. symbols]);
    }

    private static SortedDictionary<string, long> Quarantined(DataLake lake)
    {
        var quarantine = lake.Table(Tables.Quarantine);
        using var connection = DuckDatabase.Connect();
        return connection.CountBy($"SELECT rule, count(*) FROM {quarantine.Relation(quarantine.Load())} GROUP BY rule");
    }
}
