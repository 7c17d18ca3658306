using System.Numerics;

namespace Bf.Core.Breadth.Further;

/// <summary>The share of symbols above their simple mean, over any number of bars.</summary>
internal sealed class PercentAboveSma : LengthFamily
{
    public const string Catalog = "StockCharts ChartSchool, Percent Above Moving Average (chartschool.stockcharts.com)";

    public override string Title => "Percent above simple mean";

    public override string Measures => "Share of symbols above their mean of N bars";

    public override string Formula =>
        "100 above_smaN / elig_smaN; above: N x adjusted close > sum of the last N adjusted closes";

    public override string Source => Catalog;

    public override string Note => "Compared exactly, on millionths: a close equal to its mean is not above it. A symbol counts from its N-th bar on";

    public override BarColumns Reads => BarColumns.AdjClose;

    protected override string[] Names => ["pct_above_smaN", "above_smaN", "elig_smaN"];

    // 20, 50 and 200 are counted in every run
    protected override int[] Lengths => [10, 100, 150];

    protected override FurtherIndicator Of(int n)
    {
        var (above, eligible) = ($"above_sma{n}", $"elig_sma{n}");
        return new(
            this, n, n - 1,
            [
                FurtherColumns.Eligible(eligible, n),
                FurtherColumns.Count(above, n - 1, $"Symbols above their {n}-bar mean", $"of {eligible}: adjusted close above the mean of its last {n}"),
                FurtherColumns.Percent($"pct_above_sma{n}", n - 1, $"Share of symbols above their {n}-bar mean", above, eligible, Source),
            ],
            [new EligibleCount(eligible, n), new AboveMean(above, n)]);
    }

    private sealed class AboveMean(string name, int n) : FurtherMeasure(name, n - 1)
    {
        public override void Measure(FurtherBars bars, Span<long> adds)
        {
            // Only of prices of billions the sum can be too large for 64 bits.
            if (bars.Highest <= long.MaxValue / n)
            {
                Compare<long>(bars.AdjCloses, n, adds);
            }
            else
            {
                Compare<Int128>(bars.AdjCloses, n, adds);
            }
        }

        private static void Compare<T>(ReadOnlySpan<long> ticks, int n, Span<long> adds)
            where T : struct, IBinaryInteger<T>
        {
            var count = T.CreateTruncating(n);
            var sum = T.Zero;
            for (var i = 0; i < n - 1; i++)
            {
                sum += T.CreateTruncating(ticks[i]);
            }

            for (var i = n - 1; i < ticks.Length; i++)
            {
                var tick = T.CreateTruncating(ticks[i]);
                sum += tick;
                adds[i] = count * tick > sum ? 1 : 0;
                sum -= T.CreateTruncating(ticks[i - n + 1]);
            }
        }
    }
}
