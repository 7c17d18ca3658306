namespace Bf.Core.Breadth.Indicators;

/// <summary>The universe's own index: every symbol weighs the same, every date anew.</summary>
internal sealed class EqualWeightIndex : Indicator
{
    public static readonly BreadthColumn Level = new(
        "index_ew", 0, "index, 100 at the first date", "Equal-weight index of the universe, rebalanced at every date",
        "previous x (1 + return_sum / 1e9 / (issues - return_outliers))", "definition", "returns are not given (imported counts)", p => Of(p.Tally));

    public override string Name => "index_ew";

    public override string Title => "Equal-weight index";

    public override string Measures => "What the mean symbol did; forward returns and buy-and-hold are measured by it";

    public override string Source => "definition";

    public override string Note =>
        "It is rebalanced at every close and free of cost, which nobody can trade: backtests show a basket truly held beside it. A return above +300 % or below -75 % is left out and counted.";

    public override IReadOnlyList<BreadthColumn> Columns { get; } =
    [
        new("return_sum", 1, "1e-9", "Sum of the symbols' returns, outliers left out",
            "sum of round((c - p) / p x 1e9), c and p being the adjusted closes of a bar and the bar before", Sources.Count, TallyColumn.ReturnSum),
        new("return_outliers", 1, "symbols", "Symbols whose return is not believed", "return above +300 % or below -75 %", Sources.Count, TallyColumn.ReturnOutliers),
        Level,
    ];

    private static double[] Of(BreadthTally tally)
    {
        if (tally.Known(TallyColumn.ReturnSum) is not null)
        {
            return SeriesMath.Each(tally.Count, _ => double.NaN);
        }

        var level = 100.0;
        return SeriesMath.Each(tally.Count, i =>
        {
            var returns = tally[TallyColumn.Issues][i] - tally[TallyColumn.ReturnOutliers][i];
            var mean = returns == 0 ? 0.0 : tally[TallyColumn.ReturnSum][i] / BarReturn.Unit / returns;
            return level *= 1.0 + mean;
        });
    }
}
