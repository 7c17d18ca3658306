using System.Globalization;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Import;

/// <summary>How many bars of an import were new, replaced others, or stood there already.</summary>
internal readonly record struct Upserted(long Added, long Changed, long Unchanged, long Version);

/// <summary>
/// Puts staged bars into their table by upsert on (symbol, ts): new ones are appended as files of their calendar year; a year in which
/// values change has the files concerned rewritten; what stands there already is left alone, so that importing again writes nothing.
/// </summary>
internal sealed class BarCommit(DataLake lake, Interval interval, BarStage stage)
{
    // From so many files in a year on its small ones are made into one.
    private const int MostFilesOfAYear = 8;
    private readonly DeltaTable _bars = lake.Bars(interval);
    private readonly DuckConnection _connection = stage.Connection;

    /// <summary>Commits what is staged.</summary>
    /// <param name="source">What the column <c>source</c> says.</param>
    /// <param name="ingestedAt">What the column <c>ingested_at</c> says, microseconds.</param>
    public Upserted Run(string source, long ingestedAt)
    {
        var counts = default(Upserted);
        var snapshot = _bars.Update(before =>
        {
            var overlapping = Overlapping(before.Files);
            Compare(before, overlapping);
            var added = _connection.Scalar("SELECT count(*) FROM diff WHERE NOT known");
            var changed = _connection.Scalar("SELECT count(*) FROM diff WHERE known");
            counts = new(added, changed, _connection.Scalar("SELECT count(*) FROM stage") - added - changed, before.Version);
            return added + changed == 0 ? null : Plan(before, overlapping, counts, source, ingestedAt);
        });
        Compaction.TidyYears(_bars, _connection, MostFilesOfAYear);
        return counts with { Version = snapshot.Version };
    }

    /// <summary>The table's files that may hold a staged key.</summary>
    private List<AddFile> Overlapping(IReadOnlyCollection<AddFile> files)
    {
        if (files.Count == 0)
        {
            return [];
        }

        var years = new Dictionary<int, (long Min, long Max)>();
        using (var rows = _connection.Query("SELECT year(ts)::INTEGER, epoch_us(min(ts)), epoch_us(max(ts)) FROM stage GROUP BY 1"))
        {
            while (rows.Next())
            {
                for (var i = 0; i < rows.Rows; i++)
                {
                    years[rows.Column<int>(0)[i]] = (rows.Column<long>(1)[i], rows.Column<long>(2)[i]);
                }
            }
        }

        return [.. files.Where(f =>
        {
            var statistics = FileStatistics.Of(f);
            var low = statistics.MinTime("ts") ?? long.MinValue;
            var high = statistics.MaxTime("ts") ?? long.MaxValue;
            return years.Values.Any(y => y.Min <= high && y.Max >= low);
        })];
    }

    /// <summary>Leaves in <c>diff</c> the staged rows that are new or differ, and whether their key is known.</summary>
    private void Compare(Snapshot snapshot, List<AddFile> overlapping)
    {
        _connection.Execute(overlapping.Count == 0
            ? "CREATE OR REPLACE TEMP VIEW diff AS SELECT *, false AS known FROM stage"
            : $"""
              CREATE OR REPLACE TEMP TABLE diff_rows AS
              SELECT s.*, e.symbol IS NOT NULL AS known FROM stage s
              LEFT JOIN (SELECT * FROM {_bars.Relation(snapshot, overlapping)} WHERE ts BETWEEN (SELECT min(ts) FROM stage) AND (SELECT max(ts) FROM stage)) e
                ON e.symbol = s.symbol AND e.ts = s.ts
              WHERE e.symbol IS NULL OR (e.open, e.high, e.low, e.close, e.adj_close, e.volume) IS DISTINCT FROM (s.open, s.high, s.low, s.close, s.adj_close, s.volume);
              CREATE OR REPLACE TEMP VIEW diff AS SELECT * FROM diff_rows
              """);
    }

    /// <summary>Whether files that came since have none of the staged keys: then the new bars are still new.</summary>
    private bool HasNoneOf(IReadOnlyList<AddFile> came) =>
        Overlapping(came) is not { Count: > 0 } near || _connection.Scalar($"SELECT count(*) FROM stage SEMI JOIN {_bars.Relation(new Snapshot(), near)} USING (symbol, ts)") == 0;

    private Change Plan(Snapshot before, List<AddFile> overlapping, Upserted counts, string source, long ingestedAt)
    {
        var change = new Change(counts.Changed > 0 ? "MERGE" : "WRITE") 
        {
            Rows = new(counts.Added, counts.Changed, 0), Parameters = Concerned(), Holds = counts.Changed == 0 ? HasNoneOf : null,
        };
        change.Parameters[CommitNote.Source] = source;
        var columns = $"d.symbol, d.ts, d.open, d.high, d.low, d.close, d.adj_close, d.volume, {DuckConnection.Quote(source)} AS source, make_timestamptz({ingestedAt.ToString(CultureInfo.InvariantCulture)}) AS ingested_at";
        var rewritten = counts.Changed > 0 ? Holding(overlapping) : [];
        _bars.CheckUnharmed(rewritten);
        var touched = rewritten.Count == 0 ? "diff" : $"(SELECT ts FROM diff UNION ALL SELECT ts FROM {_bars.Relation(new Snapshot(), rewritten)})";
        var years = new List<int>();
        using (var rows = _connection.Query($"SELECT DISTINCT year(ts)::INTEGER FROM {touched} ORDER BY 1"))
        {
            while (rows.Next())
            {
                years.AddRange(rows.Column<int>(0));
            }
        }

        // columns that others gave the table: a bar that gets new values keeps them, a new bar has none
        string[] foreign = [.. _bars.Schema.Whole(before).Columns.Skip(_bars.Schema.Columns.Length).Select(c => DuckConnection.Name(c.Name))];
        foreach (var year in years)
        {
            var inYear = BarLayout.InYear(year);
            var select = $"SELECT {columns} FROM diff d WHERE {inYear}";
            var old = rewritten.Where(f => BarLayout.YearOf(f) is null || BarLayout.YearOf(f) == year).ToList();
            if (old.Count > 0)
            {
                var rows = _bars.Whole(before, old);
                if (foreign.Length > 0)
                {
                    select = $"SELECT {columns}{string.Concat(foreign.Select(c => $", e.{c}"))} FROM (FROM diff WHERE {inYear}) d LEFT JOIN (SELECT DISTINCT ON (symbol, ts) * FROM {rows}) e ON e.symbol = d.symbol AND e.ts = d.ts";
                }

                select = $"SELECT * FROM (SELECT * FROM {rows} o WHERE {inYear} AND NOT EXISTS (FROM diff d WHERE d.symbol = o.symbol AND d.ts = o.ts) UNION ALL BY NAME {select})";
            }

            if (BarLayout.Write(_bars, _connection, select, BarLayout.Prefix(year)) is { } file)
            {
                change.Add.Add(file);
            }
        }

        change.Remove.AddRange(rewritten);
        CheckNothingLost(change);
        return change;
    }

    /// <summary>What is written must be what was there and what is new: else nothing is committed.</summary>
    private void CheckNothingLost(Change change)
    {
        var added = _connection.Scalar("SELECT count(*) FROM diff WHERE NOT known");
        var old = change.Remove.Count == 0 ? 0 : _connection.Scalar($"SELECT count(*) FROM {_bars.Relation(new Snapshot(), change.Remove)}");
        var written = change.Add.Sum(f => FileStatistics.Of(f).Rows ?? 0);
        if (written != old + added)
        {
            throw new InvalidOperationException($"{_bars.Place}: {written} rows were written where {old} + {added} should be; nothing was committed. This is a fault of bf");
        }
    }

    /// <summary>Which dates and how many symbols are new or change, for the history.</summary>
    private Dictionary<string, string?> Concerned()
    {
        using var rows = _connection.Query("SELECT epoch_us(min(ts)), epoch_us(max(ts)), count(DISTINCT symbol) FROM diff");
        rows.Next();
        return new(StringComparer.Ordinal)
        {
            [CommitNote.First] = Timestamp.Format(rows.Column<long>(0)[0]),
            [CommitNote.Last] = Timestamp.Format(rows.Column<long>(1)[0]),
            [CommitNote.Symbols] = rows.Column<long>(2)[0].ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The files that hold a row to be replaced.</summary>
    private List<AddFile> Holding(List<AddFile> files) =>
        [.. files.Where(f => _connection.Scalar($"SELECT count(*) FROM {_bars.Relation(new Snapshot(), [f])} SEMI JOIN (SELECT symbol, ts FROM diff WHERE known) USING (symbol, ts)") > 0)];
}
