using Bf.Core.Market;

namespace Bf.Core.Quality.Checks;

internal sealed class StaleRuns : SymbolCheck
{
    private const int Fewest = 5;

    public override string Name => "stale_runs";

    public override string Title => "Bars that repeat";

    public override string LooksFor =>
        $"at least {Fewest} bars in a row that repeat the bar before: the same close and adjusted close, with no volume or the same volume";

    public override string Matters =>
        "each counts as unchanged though nothing traded, which swells the issues and, while the price stands still, holds the symbol on one side of its means; the move of the whole run falls on one date";

    public override string ToDo => "leave a symbol that hardly trades out with a symbol list; where a source repeats the last price, import bars of another";

    public override IReadOnlyList<QualityThreshold> Thresholds => [new("bars", Fewest, "the fewest repeated bars of a run")];

    public override void Look(BarSeries bars, MarketCalendar calendar, Evidence evidence)
    {
        evidence.Look(bars.Count);
        for (int from = 1, to; from < bars.Count; from = Math.Max(to, from + 1))
        {
            to = from;
            while (to < bars.Count && Repeats(bars, to))
            {
                to++;
            }

            if (to - from >= Fewest)
            {
                evidence.Add(new(bars.Symbol, bars.Ts[from], bars.Ts[to - 1], to - from, $"{Words.Count(to - from, "bar")} at {Words.Number(bars.Close[from])}"), to - from);
            }
        }
    }

    public override string Say(Evidence evidence) =>
        $"{Words.Count(evidence.Count, "bar")} in {Words.Count(evidence.Places, "run")} of {Words.Count(evidence.Symbols, "symbol")} repeat the bar before";

    private static bool Repeats(BarSeries bars, int i) =>
        bars.Close[i] == bars.Close[i - 1] && bars.AdjClose[i] == bars.AdjClose[i - 1] && (bars.Volume[i] == 0 || bars.Volume[i] == bars.Volume[i - 1]);
}
