using Bf.Core.Market;

namespace Bf.Core.Quality.Checks;

internal sealed class MissingSessions : SymbolCheck
{
    private const double Line = 0.02;

    public override string Name => "missing_sessions";

    public override string Title => "Sessions without a bar";

    public override string LooksFor =>
        $"sessions between a symbol's first and last bar on which it has none; a session is a date with at least {Words.Percent(MarketCalendar.LeastShare, 1)} of the universe's usual number of symbols";

    public override string Matters =>
        "the symbol is not counted on that date, and on the next it moves against an older bar; its means and its 252-bar extremes reach further back than those of others";

    public override string ToDo => "import the missing dates (bf data import FILE), or leave the symbol out with a symbol list";

    public override IReadOnlyList<QualityThreshold> Thresholds => [new("share", Line, "a symbol, or the universe, that misses more is warned of")];

    public override void Look(BarSeries bars, MarketCalendar calendar, Evidence evidence)
    {
        var sessions = calendar.Sessions;
        var (from, to) = (calendar.SessionsBefore(bars.Ts[0]), calendar.SessionsBefore(bars.Ts[^1] + 1));
        var (missing, first, last) = (0L, 0L, 0L);
        for (int s = from, b = 0; s < to; s++)
        {
            while (bars.Ts[b] < sessions[s])
            {
                b++;
            }

            if (bars.Ts[b] != sessions[s])
            {
                (first, last) = (missing == 0 ? sessions[s] : first, sessions[s]);
                missing++;
            }
        }

        evidence.Look(to - from);
        if (missing > 0)
        {
            var share = (double)missing / (to - from);
            evidence.Add(new(bars.Symbol, first, last, missing, $"{Words.Number(missing)} of {Words.Count(to - from, "session")} ({Words.Percent(missing, to - from)})"), share, share > Line);
        }
    }

    public override string Say(Evidence evidence) =>
        $"{Words.Percent(evidence.Count, evidence.Seen)} of the sessions of all symbols have no bar ({Words.Number(evidence.Count)} of {Words.Number(evidence.Seen)}, {Words.Count(evidence.Symbols, "symbol")}); {Words.Count(evidence.Serious, "symbol")} above the {Words.Percent(Line, 1)} line";

    public override bool IsWarning(Evidence evidence) => evidence.Serious > 0 || evidence.Count > Line * evidence.Seen;
}
