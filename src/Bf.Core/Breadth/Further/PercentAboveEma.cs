namespace Bf.Core.Breadth.Further;

/// <summary>The share of symbols above their own exponential mean, over any number of bars.</summary>
internal sealed class PercentAboveEma : LengthFamily
{
    public override string Title => "Percent above exponential mean";

    public override string Measures => "Share of symbols above their exponential mean of N bars";

    public override string Formula =>
        "100 above_emaN / elig_emaN; above: adjusted close > e, with e = e before + 2/(N + 1) x (adjusted close - e before), the present bar included";

    public override string Source =>
        "Mean: Yahoo Finance help, Exponential Moving Average, K = 2/(N + 1); share: " + PercentAboveSma.Catalog + ", there of simple means";

    public override string Note =>
        "The mean starts at the symbol's first close and is computed in doubles on millionths; a symbol counts from its N-th bar on. Others start from a simple mean of N";

    public override BarColumns Reads => BarColumns.AdjClose;

    protected override string[] Names => ["pct_above_emaN", "above_emaN", "elig_emaN"];

    protected override int[] Lengths => [20, 50, 200];

    protected override FurtherIndicator Of(int n)
    {
        var (above, eligible) = ($"above_ema{n}", $"elig_ema{n}");
        return new(
            this, n, n - 1,
            [
                FurtherColumns.Eligible(eligible, n),
                FurtherColumns.Count(above, n - 1, $"Symbols above their {n}-bar exponential mean", $"of {eligible}: adjusted close above its exponential mean, alpha 2/{n + 1}"),
                FurtherColumns.Percent($"pct_above_ema{n}", n - 1, $"Share of symbols above their {n}-bar exponential mean", above, eligible, Source),
            ],
            [new EligibleCount(eligible, n), new AboveMean(above, n)]);
    }

    private sealed class AboveMean(string name, int n) : FurtherMeasure(name, n - 1)
    {
        public override void Measure(FurtherBars bars, Span<long> adds)
        {
            var ticks = bars.AdjCloses;
            var alpha = 2.0 / (n + 1.0);
            var mean = (double)ticks[0];
            for (var i = 0; i < ticks.Length; i++)
            {
                // In this form the mean of equal prices is that price, without rounding; the textbook's alpha x + (1 - alpha) e is not.
                mean += alpha * (ticks[i] - mean);
                adds[i] = ticks[i] > mean ? 1 : 0;
            }
        }
    }
}
