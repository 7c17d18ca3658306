using Bf.Core.Breadth;
using Bf.Core.Market;

namespace Bf.Core.Tests.Breadth;

/// <summary>The counts straight from their definitions, every window looked through anew: slow, and hard to get wrong.</summary>
internal static class Definition
{
    public static BreadthTally Tally(IEnumerable<SymbolBars> bars, Universe universe)
    {
        var rows = new SortedDictionary<long, long[]>();
        foreach (var symbol in bars)
        {
            var stays = universe.StaysOf(symbol.Symbol).ToArray();
            var ticks = symbol.Prices.Select(p => (long)Math.Round(p * 1e6, MidpointRounding.AwayFromZero)).ToArray();
            for (var i = 0; i < ticks.Length; i++)
            {
                var ts = symbol.Ts[i];
                if (stays.Any(s => s.From <= ts && ts < s.To))
                {
                    if (!rows.TryGetValue(ts, out var row))
                    {
                        rows.Add(ts, row = new long[BreadthTally.ColumnCount]);
                    }

                    Count(ticks, i, symbol.Volumes[i], (column, by) => row[(int)column] += by);
                }
            }
        }

        var all = rows.Values.ToArray();
        return new([.. rows.Keys], [.. Enumerable.Range(0, BreadthTally.ColumnCount).Select(c => all.Select(r => r[c]).ToArray())]);
    }

    private static void Count(long[] ticks, int i, long volume, Action<TallyColumn, long> add)
    {
        var (bars, tick) = (i + 1, ticks[i]);
        add(TallyColumn.Bars, 1);
        if (bars >= 2)
        {
            var previous = ticks[i - 1];
            add(TallyColumn.Issues, 1);
            add(tick > previous ? TallyColumn.Adv : tick < previous ? TallyColumn.Dec : TallyColumn.Unch, 1);
            add(tick > previous ? TallyColumn.UpVol : tick < previous ? TallyColumn.DownVol : TallyColumn.UnchVol, volume);
            var gain = Math.Round((double)(tick - previous) / (double)previous * 1e9, MidpointRounding.AwayFromZero);
            var outlier = gain is > 3e9 or < -0.75e9;
            add(TallyColumn.ReturnOutliers, outlier ? 1 : 0);
            add(TallyColumn.ReturnSum, outlier ? 0 : (long)gain);
        }

        Mean(20, TallyColumn.Elig20, TallyColumn.Above20);
        Mean(50, TallyColumn.Elig50, TallyColumn.Above50);
        Mean(200, TallyColumn.Elig200, TallyColumn.Above200);
        if (bars >= 252)
        {
            var year = ticks[(bars - 252)..bars];
            add(TallyColumn.Elig252, 1);
            add(TallyColumn.Nh252, year.Max() == tick ? 1 : 0);
            add(TallyColumn.Nl252, year.Min() == tick ? 1 : 0);
        }

        void Mean(int n, TallyColumn eligible, TallyColumn above)
        {
            if (bars >= n)
            {
                Int128 sum = 0;
                foreach (var x in ticks.AsSpan(bars - n, n))
                {
                    sum += x;
                }

                add(eligible, 1);
                add(above, (Int128)n * tick > sum ? 1 : 0);
            }
        }
    }
}
