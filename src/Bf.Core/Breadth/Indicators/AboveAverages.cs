namespace Bf.Core.Breadth.Indicators;

/// <summary>How many symbols stand above their own moving averages.</summary>
internal sealed class AboveAverages : Indicator
{
    public static readonly BreadthColumn Percent20 = Percent(20, TallyColumn.Above20, TallyColumn.Elig20);
    public static readonly BreadthColumn Percent50 = Percent(50, TallyColumn.Above50, TallyColumn.Elig50);
    public static readonly BreadthColumn Percent200 = Percent(200, TallyColumn.Above200, TallyColumn.Elig200);

    public override string Name => "above_averages";

    public override string Title => "Percent above moving averages";

    public override string Measures => "How many symbols are in an uptrend of about a month, a quarter, a year";

    public override string Source => Sources.Murphy;

    public override string Note => "A symbol counts from its N-th bar on; a close equal to its mean is not above it.";

    public override IReadOnlyList<IndicatorParameter> Parameters =>
    [
        new("short", 20, 2, 1000, "bars of the short mean"),
        new("middle", 50, 2, 1000, "bars of the middle mean"),
        new("long", 200, 2, 1000, "bars of the long mean"),
    ];

    public override IReadOnlyList<BreadthColumn> Columns { get; } =
    [
        Eligible(20, TallyColumn.Elig20), Above(20, TallyColumn.Above20), Eligible(50, TallyColumn.Elig50), Above(50, TallyColumn.Above50),
        Eligible(200, TallyColumn.Elig200), Above(200, TallyColumn.Above200), Percent20, Percent50, Percent200,
    ];

    private static BreadthColumn Eligible(int bars, TallyColumn counted) => new(
        $"elig{bars}", bars - 1, "symbols", $"Symbols with {bars} bars", $"symbols with at least {bars} bars so far", Sources.Count, counted);

    private static BreadthColumn Above(int bars, TallyColumn counted) => new(
        $"above{bars}", bars - 1, "symbols", $"Symbols above their {bars}-bar mean",
        $"of elig{bars}: {bars} x adjusted close > sum of its last {bars}, equal is not above", Sources.Count, counted);

    private static BreadthColumn Percent(int bars, TallyColumn above, TallyColumn eligible) => new(
        $"pct_above{bars}", bars - 1, "percent", $"Share of symbols above their {bars}-bar mean", $"100 above{bars} / elig{bars}", Sources.Murphy,
        $"elig{bars} is 0 or not given", p => SeriesMath.Ratio(p.Count, 100.0, i => p.Tally[above][i], i => p.Tally[eligible][i]));
}
