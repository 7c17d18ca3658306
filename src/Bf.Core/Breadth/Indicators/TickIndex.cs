namespace Bf.Core.Breadth.Indicators;

/// <summary>Symbols on an uptick less those on a downtick, by bar within the day.</summary>
internal sealed class TickIndex : Indicator
{
    private const long Day = 86_400_000_000;

    private static readonly BreadthColumn Index = new(
        "tick_index", 1, "symbols", "Tick index: net advances of a bar within the day", "adv - dec, of bars within the day",
        "New York Stock Exchange, TICK: stocks last traded on an uptick less those on a downtick", "the bars are daily: no bar so far lies at a time of day other than midnight",
        p => SeriesMath.Each(p.Count, i => p.Tally[TallyColumn.Adv][i] - p.Tally[TallyColumn.Dec][i]), WithinTheDay);

    public override string Name => "tick_index";

    public override string Title => "Tick index";

    public override string Measures => "Which way most symbols went in the last minutes";

    public override string Source => Index.Source;

    public override string Note => "The exchange's TICK compares single trades; this one compares bars, the finest there is here. One-minute bars come nearest.";

    public override IReadOnlyList<BreadthColumn> Columns => [Index];

    // A daily bar stands at its date's midnight. The first bar of a series has nothing to be compared with, and the second within a day has a time.
    private static bool[] WithinTheDay(BreadthPanel panel)
    {
        var within = false;
        return SeriesMath.Each(panel.Count, i => within |= panel.Ts[i] % Day != 0);
    }
}
