namespace Bf.Core.Breadth.Indicators;

/// <summary>How many symbols there are on a date, and which way they went.</summary>
internal sealed class IssueCounts : Indicator
{
    public override string Name => "issues";

    public override string Title => "Issues, advances, declines";

    public override string Measures => "How many symbols traded, and how many of them rose, fell or stood still";

    public override string Source => Sources.Count;

    public override IReadOnlyList<BreadthColumn> Columns { get; } =
    [
        Count("bars", TallyColumn.Bars, 0, "Symbols with a bar on the date", "members with a bar"),
        Count("issues", TallyColumn.Issues, 1, "Symbols that can be compared with their bar before", "adv + dec + unch"),
        Count("adv", TallyColumn.Adv, 1, "Advancing symbols", "adjusted close above that of the symbol's bar before"),
        Count("dec", TallyColumn.Dec, 1, "Declining symbols", "adjusted close below that of the symbol's bar before"),
        Count("unch", TallyColumn.Unch, 1, "Unchanged symbols", "adjusted close equal to that of the symbol's bar before"),
    ];

    private static BreadthColumn Count(string name, TallyColumn counted, int warmUp, string measures, string formula) =>
        new(name, warmUp, "symbols", measures, formula, Sources.Count, counted);
}
