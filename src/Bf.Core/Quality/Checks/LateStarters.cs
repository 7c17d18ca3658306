namespace Bf.Core.Quality.Checks;

internal sealed class LateStarters : MarketCheck
{
    public override string Name => "late_starters";

    public override string Title => "Late starters";

    public override string LooksFor => $"symbols whose first bar comes more than {Spans.Grace} sessions after the universe's first, or after their membership begins";

    public override string Matters => "the universe grows, so that counts of different years do not compare (ratios do); a new symbol has no 52-week high for 252 bars";

    public override string ToDo => "nothing for companies that were listed later; where a source begins late, import the older bars";

    public override IReadOnlyList<QualityThreshold> Thresholds => [Spans.Threshold];

    public override void Look(MarketFacts facts, Evidence evidence)
    {
        evidence.Look(facts.Symbols.Count);
        foreach (var s in facts.Symbols)
        {
            var late = Spans.Late(facts, s);
            if (late > Spans.Grace)
            {
                evidence.Add(new(s.Symbol, s.First, s.First, 1, $"{Words.Count(late, "session")} late"), late);
            }
        }
    }

    public override string Say(Evidence evidence) => $"{Words.Number(evidence.Count)} of {Words.Count(evidence.Seen, "symbol")} begin{(evidence.Count == 1 ? "s" : "")} after the others";

    public override bool IsWarning(Evidence evidence) => false;
}
