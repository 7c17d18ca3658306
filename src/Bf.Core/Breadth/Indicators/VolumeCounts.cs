namespace Bf.Core.Breadth.Indicators;

/// <summary>The volume of the symbols that rose, fell or stood still.</summary>
internal sealed class VolumeCounts : Indicator
{
    public override string Name => "volume";

    public override string Title => "Up and down volume";

    public override string Measures => "How much was traded of the symbols that rose, fell or stood still";

    public override string Source => Sources.Count;

    public override IReadOnlyList<BreadthColumn> Columns { get; } =
    [
        Volume("up_vol", TallyColumn.UpVol, "Volume of the advancing symbols", "sum of volume over adv"),
        Volume("down_vol", TallyColumn.DownVol, "Volume of the declining symbols", "sum of volume over dec"),
        Volume("unch_vol", TallyColumn.UnchVol, "Volume of the unchanged symbols", "sum of volume over unch"),
    ];

    private static BreadthColumn Volume(string name, TallyColumn counted, string measures, string formula) =>
        new(name, 1, "shares", measures, formula, Sources.Count, counted);
}
