namespace Bf.Core.Breadth.Indicators;

/// <summary>New highs and lows of a year, by close.</summary>
internal sealed class NewExtremes : Indicator
{
    public static readonly BreadthColumn Net = new(
        "nh_nl", 251, "symbols", "Net new highs", "nh252 - nl252", Sources.Murphy, "a count is not given",
        p => SeriesMath.Each(p.Count, i => p.Tally[TallyColumn.Nh252][i] - p.Tally[TallyColumn.Nl252][i]),
        p => p.Tally.Known(TallyColumn.Nh252, TallyColumn.Nl252));

    public override string Name => "new_extremes";

    public override string Title => "New 52-week highs and lows";

    public override string Measures => "How many symbols close at the highest or lowest of a year, and which of the two prevail";

    public override string Source => Sources.Murphy;

    public override string Note =>
        "Exchanges take a day's high and low; these are of adjusted closes, which every source gives. A close that equals the extreme counts.";

    public override IReadOnlyList<IndicatorParameter> Parameters => [new("bars", 252, 2, 1000, "the symbol's last bars, the present one included")];

    public override IReadOnlyList<BreadthColumn> Columns { get; } =
    [
        Count("elig252", TallyColumn.Elig252, "Symbols with a year of bars", "symbols with at least 252 bars so far"),
        Count("nh252", TallyColumn.Nh252, "Symbols at a 52-week high", "of elig252: adjusted close = highest of its last 252, ties included"),
        Count("nl252", TallyColumn.Nl252, "Symbols at a 52-week low", "of elig252: adjusted close = lowest of its last 252, ties included"),
        Net,
    ];

    private static BreadthColumn Count(string name, TallyColumn counted, string measures, string formula) =>
        new(name, 251, "symbols", measures, formula, Sources.Count, counted);
}
