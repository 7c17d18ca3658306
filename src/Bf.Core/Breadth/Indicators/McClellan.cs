namespace Bf.Core.Breadth.Indicators;

/// <summary>The McClellan oscillator and summation index of ratio-adjusted net advances.</summary>
internal sealed class McClellan : Indicator
{
    private const int Fast = 19;
    private const int Slow = 39;
    private const string Published = Sources.McClellan + "; ratio-adjusted: mcoscillator.com";
    private const string Before = "nothing has moved so far";

    public static readonly BreadthColumn NetAdvances = new(
        "rana", 1, "per mille, -1000 to 1000", "Ratio-adjusted net advances", "1000 (adv - dec) / (adv + dec)",
        "Tom McClellan, ratio-adjusted net advances, mcoscillator.com", "nothing moved",
        p => SeriesMath.Ratio(
            p.Count, 1000.0, i => p.Tally[TallyColumn.Adv][i] - p.Tally[TallyColumn.Dec][i], i => p.Tally[TallyColumn.Adv][i] + p.Tally[TallyColumn.Dec][i]));

    public static readonly BreadthColumn FastMean = new(
        "mcc_ema19", 1, "per mille", "Fast mean of rana (10 % trend)", "EMA of rana, alpha 2/20", Published, Before, p => SeriesMath.Ema(NetAdvances.Reals(p), Fast));

    public static readonly BreadthColumn SlowMean = new(
        "mcc_ema39", 1, "per mille", "Slow mean of rana (5 % trend)", "EMA of rana, alpha 2/40", Published, Before, p => SeriesMath.Ema(NetAdvances.Reals(p), Slow));

    public static readonly BreadthColumn Oscillator = new(
        "mcc_osc", 1, "per mille", "McClellan oscillator: momentum of net advances", "mcc_ema19 - mcc_ema39", Published, Before,
        p => SeriesMath.Difference(FastMean.Reals(p), SlowMean.Reals(p)));

    public static readonly BreadthColumn Summation = new(
        "mcc_sum", 1, "per mille, summed", "McClellan summation index", "running sum of mcc_osc from 0", Published, Before,
        p => SeriesMath.RunningSum(Oscillator.Reals(p), NetAdvances.Reals(p)));

    public override string Name => "mcclellan";

    public override string Title => "McClellan oscillator and summation index, ratio-adjusted";

    public override string Measures => "Whether net advances gather or lose momentum, whatever the number of symbols";

    public override string Source => Published;

    public override string Note => "The summation index starts at 0, not at the +1000 that some charts add; a date on which nothing moved leaves all of it as it was.";

    public override IReadOnlyList<IndicatorParameter> Parameters =>
    [
        new("fast", Fast, 2, 500, "dates of the fast exponential mean (19: a 10 % trend)"),
        new("slow", Slow, 3, 1000, "dates of the slow one (39: a 5 % trend)"),
    ];

    public override IReadOnlyList<BreadthColumn> Columns => [NetAdvances, FastMean, SlowMean, Oscillator, Summation];
}
