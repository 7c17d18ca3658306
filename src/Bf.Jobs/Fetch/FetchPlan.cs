using Bf.Core.Market;
using Bf.Jobs.Inventory;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Fetch;

/// <summary>One symbol to be asked for.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Missing">The range.</param>
/// <param name="Held">What the lake has, or null.</param>
/// <param name="Asked">What was asked for before, or null.</param>
/// <param name="ToPresent">Whether the range ends at the present.</param>
/// <param name="Stored">The bars that the lake has in the range, by time; empty where the range takes in all.</param>
internal sealed record SymbolPlan(string Symbol, Missing Missing, Held? Held, Asked? Asked, bool ToPresent, IReadOnlyDictionary<long, Bar> Stored);

/// <summary>What a fetch has to ask for: the difference between what is wanted and what the lake has.</summary>
internal static class FetchPlan
{
    private static readonly Dictionary<long, Bar> Nothing = [];

    /// <summary>The symbols of which something is missing, in the order given.</summary>
    public static IReadOnlyList<SymbolPlan> Of(DataLake lake, FetchRequest request, IReadOnlyDictionary<string, Asked> asked)
    {
        var now = lake.Clock.GetUtcNow();
        var present = request.Present(now);
        var to = request.To < present ? request.To.Value : present;
        var inventory = BarInventory.Symbols(lake, request.Interval).ToDictionary(s => s.Symbol, s => new Held(s.Bars, s.FirstTs, s.LastTs), StringComparer.Ordinal);
        var plans = new List<SymbolPlan>();
        foreach (var symbol in request.Symbols)
        {
            var (held, before) = (inventory.GetValueOrDefault(symbol), asked.GetValueOrDefault(symbol));
            before = before?.Bars > (held?.Bars ?? 0) ? null : before; // bars were taken out since
            if (Missing.Of(held, before, request.From, to, Timestamp.Of(now), request.Interval) is { } missing)
            {
                plans.Add(new(symbol, missing, held, before, missing.To == present, Nothing));
            }
        }

        var stored = Stored(lake, request.Interval, [.. plans.Where(p => !p.Missing.Whole)]);
        return [.. plans.Select(p => stored.TryGetValue(p.Symbol, out var bars) ? p with { Stored = bars } : p)];
    }

    private static Dictionary<string, Dictionary<long, Bar>> Stored(DataLake lake, Interval interval, IReadOnlyList<SymbolPlan> plans)
    {
        var stored = new Dictionary<string, Dictionary<long, Bar>>(StringComparer.Ordinal);
        if (plans.Count == 0)
        {
            return stored;
        }

        var table = lake.Bars(interval);
        using var connection = DuckDatabase.Connect();
        connection.Execute("CREATE TEMP TABLE wanted (symbol VARCHAR, from_ts TIMESTAMPTZ, to_ts TIMESTAMPTZ)");
        using (var appender = connection.Append("wanted", Native.TypeId.Varchar, Native.TypeId.TimestampTz, Native.TypeId.TimestampTz))
        {
            var row = new RowWriter(appender, 3);
            foreach (var plan in plans)
            {
                row.Add(plan.Symbol).Add(plan.Missing.From).Add(plan.Missing.To).End();
            }

            appender.Complete();
        }

        using var rows = new RowReader(connection.Query($"""
            SELECT b.symbol, epoch_us(b.ts) AS ts, b.open, b.high, b.low, b.close, b.adj_close, b.volume
            FROM {table.Relation(table.Load())} b JOIN wanted w ON w.symbol = b.symbol AND b.ts >= w.from_ts AND b.ts < w.to_ts
            WHERE b.ts >= make_timestamptz({plans.Min(p => p.Missing.From)})
            """));
        while (rows.Next())
        {
            var bar = new Bar(rows.Text("symbol")!, rows.Long("ts")!.Value, Price("open"), Price("high"), Price("low"), Price("close"), Price("adj_close"), rows.Long("volume") ?? 0);
            stored.TryAdd(bar.Symbol, []);
            stored[bar.Symbol][bar.Ts] = bar;
        }

        return stored;

        double Price(string column) => rows.Real(column) ?? double.NaN;
    }
}
