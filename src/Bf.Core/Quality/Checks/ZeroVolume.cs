using Bf.Core.Market;

namespace Bf.Core.Quality.Checks;

internal sealed class ZeroVolume : SymbolCheck
{
    private const double Line = 0.05;

    public override string Name => "zero_volume";

    public override string Title => "Bars without volume";

    public override string LooksFor => "bars whose volume is 0";

    public override string Matters => "the symbol counts among advances and declines, but not in up and down volume, so that upvol_ratio and upvol90 stand on fewer symbols than adv and dec";

    public override string ToDo => "import volumes from another source, or leave the symbol out with a symbol list";

    public override IReadOnlyList<QualityThreshold> Thresholds => [new("share", Line, "a symbol with more of its bars without volume is warned of")];

    public override void Look(BarSeries bars, MarketCalendar calendar, Evidence evidence)
    {
        evidence.Look(bars.Count);
        var zero = bars.Volume.AsSpan().Count(0L);
        if (zero > 0)
        {
            var share = (double)zero / bars.Count;
            evidence.Add(
                new(bars.Symbol, bars.Ts[Array.IndexOf(bars.Volume, 0L)], bars.Ts[Array.LastIndexOf(bars.Volume, 0L)], zero, $"{Words.Number(zero)} of {Words.Count(bars.Count, "bar")} ({Words.Percent(zero, bars.Count)})"),
                share, share > Line);
        }
    }

    public override string Say(Evidence evidence) =>
        $"{Words.Count(evidence.Count, "bar")} ({Words.Percent(evidence.Count, evidence.Seen)}) of {Words.Count(evidence.Symbols, "symbol")} without volume; {Words.Count(evidence.Serious, "symbol")} above the {Words.Percent(Line, 1)} line";

    public override bool IsWarning(Evidence evidence) => evidence.Serious > 0;
}
