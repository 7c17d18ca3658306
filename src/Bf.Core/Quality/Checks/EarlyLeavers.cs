namespace Bf.Core.Quality.Checks;

internal sealed class EarlyLeavers : MarketCheck
{
    public override string Name => "early_leavers";

    public override string Title => "Early leavers";

    public override string LooksFor => $"symbols whose last bar comes more than {Spans.Grace} sessions before the universe's last, or before their membership ends";

    public override string Matters => "where a company was delisted this is right, and no such symbol at all in many years means that only survivors are there; where its bars just were not brought up to date, breadth misses it";

    public override string ToDo => "import the newer bars of a company that still trades; nothing for one that was delisted";

    public override IReadOnlyList<QualityThreshold> Thresholds => [Spans.Threshold];

    public override void Look(MarketFacts facts, Evidence evidence)
    {
        evidence.Look(facts.Symbols.Count);
        foreach (var s in facts.Symbols)
        {
            var early = Spans.Early(facts, s);
            if (early > Spans.Grace)
            {
                evidence.Add(new(s.Symbol, s.Last, s.Last, 1, $"{Words.Count(early, "session")} early"), -early); // those that left last may just be out of date
            }
        }
    }

    public override string Say(Evidence evidence) => $"{Words.Number(evidence.Count)} of {Words.Count(evidence.Seen, "symbol")} end{(evidence.Count == 1 ? "s" : "")} before the others";

    public override bool IsWarning(Evidence evidence) => false;
}
