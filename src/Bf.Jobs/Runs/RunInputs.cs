using System.Text.Json.Nodes;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Runs;

/// <summary>The versions of tables that a run read, as the table <c>runs</c> says.</summary>
public static class RunInputs
{
    /// <summary>Each table with its version, in the order in which they were read; empty where the run was not noted.</summary>
    public static IReadOnlyDictionary<string, long> Of(DataLake lake, string run)
    {
        ArgumentNullException.ThrowIfNull(lake);
        var inputs = new OrderedDictionary<string, long>(StringComparer.Ordinal);
        var table = lake.Table(Tables.Runs);
        using var connection = DuckDatabase.Connect();
        using var rows = new RowReader(connection.Query($"SELECT inputs FROM {table.Relation(table.Load())} WHERE run = {DuckConnection.Quote(run)} LIMIT 1"));
        foreach (var (name, version) in rows.Next() && rows.Text("inputs") is { } text ? (JsonObject)JsonNode.Parse(text)! : [])
        {
            inputs[name] = (long)version!;
        }

        return inputs;
    }
}
