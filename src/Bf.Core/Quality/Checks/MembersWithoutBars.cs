namespace Bf.Core.Quality.Checks;

internal sealed class MembersWithoutBars : MarketCheck
{
    public override string Name => "members_without_bars";

    public override string Title => "Members without bars";

    public override string LooksFor => "symbols of the universe's list that have no bar at all in the range";

    public override string Matters => "breadth is that of the others; when those that are missing are the ones that failed, it looks better than it was";

    public override string ToDo => "import their bars, or correct the list: the lake may write a symbol otherwise (BRK-B, BRK.B), see bf data list";

    public override void Look(MarketFacts facts, Evidence evidence)
    {
        var there = facts.Symbols.Select(s => s.Symbol).ToHashSet(StringComparer.Ordinal);
        evidence.Look(facts.Universe.Symbols.Count);
        foreach (var symbol in facts.Universe.Symbols.Where(s => !there.Contains(s)))
        {
            evidence.Add(new(symbol, null, null, 1, "no bar"), 1);
        }
    }

    public override string Say(Evidence evidence) => $"{Words.Number(evidence.Count)} of {Words.Count(evidence.Seen, "member")} {(evidence.Count == 1 ? "has" : "have")} no bar";
}
