namespace Bf.Core.Breadth.Indicators;

/// <summary>Advances for each decline of a date.</summary>
internal sealed class AdvanceDeclineRatio : Indicator
{
    private static readonly BreadthColumn Ratio = new(
        "ad_ratio", 1, "ratio", "Advances for each decline", "adv / dec; undefined without declines", Sources.Murphy, "nothing declined",
        p => SeriesMath.Ratio(p.Count, i => p.Tally[TallyColumn.Adv][i], i => p.Tally[TallyColumn.Dec][i]));

    public override string Name => "ad_ratio";

    public override string Title => "Advance-decline ratio";

    public override string Measures => "How far advances outnumber declines on a date";

    public override string Source => Sources.Murphy;

    public override IReadOnlyList<BreadthColumn> Columns => [Ratio];
}
