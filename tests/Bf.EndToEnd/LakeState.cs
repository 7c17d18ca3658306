using Bf.Jobs.Lake;
using Bf.Jobs.Maintenance;
using Bf.Jobs.Query;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>What a lake holds, read beside the program: all tables, but for the names of runs and when bars came.</summary>
internal static class LakeState
{
    public static readonly string[] Tables = ["bars_1d", "quarantine", "fetches", "breadth", "signals", "thrusts", "state"];

    /// <summary>The rows of each table, by its name.</summary>
    public static Dictionary<string, string> Of(BfProgram bf) => Tables.ToDictionary(t => t, t => Of(bf, t), StringComparer.Ordinal);

    /// <summary>The rows of one table.</summary>
    public static string Of(BfProgram bf, string table)
    {
        var sink = new TextSink();
        QueryJob.Run(() => Open(bf), $"SELECT * EXCLUDE {(table == "bars_1d" ? "ingested_at" : "run")} FROM {table} ORDER BY ALL", sink);
        return string.Join('\n', sink.Rows).Replace(bf.Path, "", StringComparison.Ordinal); // quarantine names files
    }

    /// <summary>What is wrong with a lake's tables; leftovers of what was killed are not.</summary>
    public static string Wrong(BfProgram bf) =>
        string.Join('\n', TableCheck.Run(Open(bf), []).SelectMany(t => t.Findings).Where(f => !f.Harmless).Select(f => $"{f.Table}: {f.Subject} {f.Problem}"));

    /// <summary>What lies about in a lake.</summary>
    public static List<string> LyingAbout(BfProgram bf) =>
        [.. TableCheck.Run(Open(bf), []).SelectMany(t => t.Findings).Where(f => f.Harmless).Select(f => $"{f.Table}/{f.Subject}")];

    private static DataLake Open(BfProgram bf) => DataLake.Open(bf.At("lake"));
}
