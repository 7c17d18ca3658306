namespace Bf.Core.Breadth.Indicators;

/// <summary>The running sum of net advances.</summary>
internal sealed class AdvanceDeclineLine : Indicator
{
    public static readonly BreadthColumn Line = new(
        "ad_line", 1, "symbols, summed", "Advance-decline line", "running sum of adv - dec from 0", "Leonard Ayres and James Hughes, 1926; " + Sources.Murphy,
        "never", p => SeriesMath.RunningSum(p.Count, i => p.Tally[TallyColumn.Adv][i] - p.Tally[TallyColumn.Dec][i]), _ => null);

    public override string Name => "ad_line";

    public override string Title => "Advance-decline line";

    public override string Measures => "Whether most symbols have risen since the beginning, whatever the large ones did";

    public override string Source => Line.Source;

    public override string Note => "Its level means nothing (it starts at 0 on the first date); its direction does.";

    public override IReadOnlyList<BreadthColumn> Columns => [Line];
}
