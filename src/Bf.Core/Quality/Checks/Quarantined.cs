namespace Bf.Core.Quality.Checks;

internal sealed class Quarantined : MarketCheck
{
    public override string Name => "quarantined";

    public override string Title => "Rows in quarantine";

    public override string LooksFor => "rows of all imports, of any universe, that broke a rule and did not become bars";

    public override string Matters => "nothing that is in quarantine is counted; what is missing for it shows as a missing session";

    public override string ToDo => "see them with: bf query \"SELECT file, line, rule, raw FROM quarantine\"; correct the file and import it again";

    public override void Look(MarketFacts facts, Evidence evidence)
    {
        foreach (var (rule, rows) in facts.Quarantined)
        {
            evidence.Add(new(null, null, null, rows, $"{Words.Number(rows)} x {rule}"), rows);
        }
    }

    public override string Say(Evidence evidence) => $"{Words.Count(evidence.Count, "row")} broke {Words.Count(evidence.Places, "rule")}";

    public override bool IsWarning(Evidence evidence) => false;
}
