using Bf.Core.Market;

namespace Bf.Cli;

/// <summary>What is said of rows that went to quarantine.</summary>
internal static class Quarantined
{
    /// <summary>How many broke which rule, and how to see them.</summary>
    public static void Say(Output output, IReadOnlyDictionary<string, long> byRule)
    {
        if (byRule.Count == 0)
        {
            return;
        }

        output.Line($"{TextTable.Count(byRule.Values.Sum(), "row")} went to quarantine:");
        foreach (var (rule, count) in byRule)
        {
            output.Line($"  {TextTable.Number(count)} x {rule}: {BarRules.All[rule]}");
        }

        output.Line("see them with: bf query \"SELECT file, line, rule, raw FROM quarantine\"");
    }
}
