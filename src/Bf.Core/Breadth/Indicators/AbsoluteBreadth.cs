namespace Bf.Core.Breadth.Indicators;

/// <summary>How one-sided a date is, whichever the side.</summary>
internal sealed class AbsoluteBreadth : Indicator
{
    private static readonly BreadthColumn Index = new(
        "abi", 1, "symbols", "Absolute breadth index: how one-sided the date is", "|adv - dec|", "Norman Fosback, Stock Market Logic (1976)", "never",
        p => SeriesMath.Each(p.Count, i => Math.Abs(p.Tally[TallyColumn.Adv][i] - p.Tally[TallyColumn.Dec][i])), _ => null);

    public override string Name => "abi";

    public override string Title => "Absolute breadth index";

    public override string Measures => "How one-sided a date is, whichever the side";

    public override string Source => Index.Source;

    public override IReadOnlyList<BreadthColumn> Columns => [Index];
}
