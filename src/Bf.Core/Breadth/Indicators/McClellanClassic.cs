namespace Bf.Core.Breadth.Indicators;

/// <summary>The McClellan oscillator and summation index of net advances as they are.</summary>
internal sealed class McClellanClassic : Indicator
{
    private const int Fast = 19;
    private const int Slow = 39;
    private const string Before = "nothing could be compared so far";

    private static readonly BreadthColumn Oscillator = new(
        "mcc_osc_classic", 1, "symbols", "McClellan oscillator, not adjusted for the number of symbols", "EMA(2/20) - EMA(2/40) of adv - dec", Sources.McClellan, Before,
        p => SeriesMath.Difference(SeriesMath.Ema(Net(p), Fast), SeriesMath.Ema(Net(p), Slow)));

    private static readonly BreadthColumn Summation = new(
        "mcc_sum_classic", 1, "symbols, summed", "McClellan summation index, not adjusted", "running sum of mcc_osc_classic from 0", Sources.McClellan, Before,
        p => SeriesMath.RunningSum(Oscillator.Reals(p), Net(p)));

    public override string Name => "mcclellan_classic";

    public override string Title => "McClellan oscillator and summation index, classic";

    public override string Measures => "Whether net advances gather or lose momentum, in symbols";

    public override string Source => Sources.McClellan;

    public override string Note => "It grows with the number of symbols: compare it over years by the ratio-adjusted form.";

    public override IReadOnlyList<IndicatorParameter> Parameters =>
    [
        new("fast", Fast, 2, 500, "dates of the fast exponential mean"), new("slow", Slow, 3, 1000, "dates of the slow one"),
    ];

    public override IReadOnlyList<BreadthColumn> Columns => [Oscillator, Summation];

    private static double[] Net(BreadthPanel panel) => SeriesMath.Each(
        panel.Count, i => panel.Tally.NothingCompared(i) ? double.NaN : panel.Tally[TallyColumn.Adv][i] - panel.Tally[TallyColumn.Dec][i]);
}
