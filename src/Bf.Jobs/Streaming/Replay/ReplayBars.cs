using Bf.Core.Market;
using Bf.Jobs.Engines;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Streaming.Replay;

/// <summary>The bars of a lake in order of ts, then symbol (by its bytes), a year at a time: the memory of a year serves any table.</summary>
internal sealed class ReplayBars
{
    private readonly DeltaTable _bars;
    private readonly Snapshot _snapshot;
    private readonly string _where;

    /// <exception cref="JobException">There is none.</exception>
    public ReplayBars(DataLake lake, Universe universe, Interval interval, long? from, long? to)
    {
        _bars = lake.Bars(interval);
        _snapshot = _bars.Load();
        _where = $"{BarSeriesReader.OnlyMembers(universe)}{(from is { } f ? $" AND ts >= make_timestamptz({f})" : "")}{(to is { } t ? $" AND ts <= make_timestamptz({t})" : "")}";
        if (!_snapshot.Exists || _snapshot.Files.Count == 0)
        {
            throw new JobException($"there are no bars in {_bars.Place}; bring some with: bf data import FILE");
        }

        using var connection = DuckDatabase.Connect();
        using var rows = connection.Query($"""
            SELECT sum(n)::BIGINT, epoch_us(min(ts)), epoch_us(max(ts)), sum(least(coalesce(gap, 0), {ReplayPace.Step(interval)}))::BIGINT
            FROM (SELECT ts, count(*) AS n, epoch_us(ts) - lag(epoch_us(ts)) OVER (ORDER BY ts) AS gap FROM {_bars.Relation(_snapshot)} WHERE {_where} GROUP BY ts)
            """);
        if (!rows.Next() || rows.IsNull(0, 0))
        {
            throw new JobException($"{_bars.Place} has no bars of {universe.Name}{(from is null && to is null ? "" : " in that time")}; see what there is with: bf data list{(interval.IsDaily ? "" : $" --interval {interval}")}");
        }

        (Count, First, Last, MarketTime) = (rows.Column<long>(0)[0], rows.Column<long>(1)[0], rows.Column<long>(2)[0], TimeSpan.FromMicroseconds(rows.Column<long>(3)[0]));
    }

    /// <summary>The table's name and version.</summary>
    public (string Name, long Version) Table => (_bars.Schema.Name, _snapshot.Version);

    /// <summary>How many.</summary>
    public long Count { get; }

    /// <summary>The first time, microseconds since 1970-01-01 UTC.</summary>
    public long First { get; }

    /// <summary>The last time.</summary>
    public long Last { get; }

    /// <summary>The market time from the first to the last, without closed hours.</summary>
    public TimeSpan MarketTime { get; }

    /// <summary>The rows: ts (microseconds), symbol, open, high, low, close, adj_close, volume, source.</summary>
    public IEnumerable<DuckResult> Read()
    {
        using var connection = DuckDatabase.Connect();
        for (var year = Timestamp.ToDate(First).Year; year <= Timestamp.ToDate(Last).Year; year++)
        {
            var (begin, end) = (Timestamp.Of(new DateOnly(year, 1, 1)), year == DateOnly.MaxValue.Year ? long.MaxValue : Timestamp.Of(new DateOnly(year + 1, 1, 1)));
            using var rows = connection.Stream($"""
                SELECT epoch_us(ts), symbol, open, high, low, close, adj_close, volume, coalesce(source, '') FROM {_bars.Relation(_snapshot)}
                WHERE {_where} AND ts >= make_timestamptz({begin}) AND ts < make_timestamptz({end}) ORDER BY ts, symbol
                """);
            while (rows.Next())
            {
                yield return rows;
            }
        }
    }
}
