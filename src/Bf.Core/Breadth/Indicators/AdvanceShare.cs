namespace Bf.Core.Breadth.Indicators;

/// <summary>The share of movers that advance, and Zweig's means of it.</summary>
internal sealed class AdvanceShare : Indicator
{
    private const int Dates = 10;

    public static readonly BreadthColumn Share = new(
        "adv_ratio", 1, "share, 0 to 1", "Share of movers that advance", "adv / (adv + dec)", Sources.Zweig, "nothing moved",
        p => SeriesMath.Ratio(p.Count, i => p.Tally[TallyColumn.Adv][i], i => p.Tally[TallyColumn.Adv][i] + p.Tally[TallyColumn.Dec][i]));

    public static readonly BreadthColumn ExponentialMean = new(
        "zweig_ema10", 1, "share, 0 to 1", "Ten-date exponential mean of adv_ratio", "EMA of adv_ratio, alpha 2/11, from its first value", Sources.Zweig,
        "nothing has moved so far; a date on which nothing moved leaves it as it was", p => SeriesMath.Ema(Share.Reals(p), Dates));

    public static readonly BreadthColumn SimpleMean = new(
        "zweig_sma10", 10, "share, 0 to 1", "Ten-date mean of adv_ratio", "SMA of adv_ratio over 10 dates", Sources.Zweig,
        "nothing moved on one of the ten dates", p => SeriesMath.Sma(Share.Reals(p), Dates));

    public override string Name => "advance_share";

    public override string Title => "Share of advances, and its ten-date means";

    public override string Measures => "How one-sidedly symbols rise or fall";

    public override string Source => Sources.Zweig;

    public override string Note => "Zweig wrote of a ten-day average without saying which; both the exponential and the simple one are in use.";

    public override IReadOnlyList<IndicatorParameter> Parameters => [new("dates", Dates, 2, 100, "dates of the means")];

    public override IReadOnlyList<BreadthColumn> Columns => [Share, ExponentialMean, SimpleMean];
}
