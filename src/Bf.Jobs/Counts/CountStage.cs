using Bf.Core.Market;
using Bf.Jobs.Lake.DuckDb;
using Bf.Sources.Counts;

namespace Bf.Jobs.Counts;

/// <summary>What an import of counts has read and not committed yet: the tables <c>counted</c> and <c>broken</c> of one connection.</summary>
internal static class CountStage
{
    /// <summary>Checks rows against the rules and stages them: dates on which rows disagree go to the broken ones, equal rows become one.</summary>
    public static void Fill(DuckConnection connection, IReadOnlyList<CountReading> rows, long now)
    {
        connection.Execute("""
            CREATE TEMP TABLE counted (ts TIMESTAMPTZ, adv BIGINT, dec BIGINT, unch BIGINT, up_vol BIGINT, down_vol BIGINT, nh252 BIGINT, nl252 BIGINT);
            CREATE TEMP TABLE broken (file INTEGER, line BIGINT, rule VARCHAR, raw VARCHAR)
            """);
        var checkedRows = rows.Select(r => (Row: r, Rule: r.Broken ?? CountRules.Broken(r.Count!, now))).ToList();
        var conflicts = checkedRows.Where(r => r.Rule is null).Select(r => r.Row.Count!).Distinct().GroupBy(c => c.Ts).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        var staged = new HashSet<long>();
        using var counted = connection.Append("counted", Native.TypeId.TimestampTz, Native.TypeId.BigInt, Native.TypeId.BigInt, Native.TypeId.BigInt, Native.TypeId.BigInt, Native.TypeId.BigInt, Native.TypeId.BigInt, Native.TypeId.BigInt);
        using var broken = connection.Append("broken", Native.TypeId.Integer, Native.TypeId.BigInt, Native.TypeId.Varchar, Native.TypeId.Varchar);
        foreach (var (row, rule) in checkedRows)
        {
            if ((rule ?? (conflicts.Contains(row.Count!.Ts) ? BarRules.Conflict : null)) is { } breaks)
            {
                new RowWriter(broken, 4).Add((int?)0).Add((long?)row.Line).Add(breaks).Add(row.Raw).End();
            }
            else if (staged.Add(row.Count!.Ts))
            {
                var c = row.Count;
                new RowWriter(counted, 8).Add((long?)c.Ts).Add((long?)c.Adv).Add((long?)c.Dec).Add(c.Unch).Add(c.UpVol).Add(c.DownVol).Add(c.Highs).Add(c.Lows).End();
            }
        }

        counted.Complete();
        broken.Complete();
    }
}
