using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary>What an import says of the rows that broke a rule.</summary>
internal static class QuarantineText
{
    public static void Write(Output output, IReadOnlyDictionary<string, long> byRule, IReadOnlyDictionary<string, string> rules)
    {
        if (byRule.Count == 0)
        {
            return;
        }

        output.Line($"{Count(byRule.Values.Sum(), "row")} went to quarantine:");
        foreach (var (rule, count) in byRule)
        {
            output.Line($"  {Number(count)} x {rule}: {rules[rule]}");
        }

        output.Line("see them with: bf query \"SELECT file, line, rule, raw FROM quarantine\"");
    }
}
