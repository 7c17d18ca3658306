using System.Text.Json;
using Bf.Jobs.Tests;
using Bf.Jobs.Tests.Lake;

namespace Bf.EndToEnd;

/// <summary>
/// Tables of every kind that the real Spark makes, where this machine has it: bf reads the first and the last version of each row by row as Spark does; with BF_SPARK_VERSIONS=all every version,
/// of which the answers are kept among the fixtures, too.
/// </summary>
public sealed class SparkTablesTests
{
    [Fact]
    public void Bf_reads_every_table_of_Spark_as_Spark_does()
    {
        using var bf = new BfProgram();
        var root = bf.At("tables");
        Directory.CreateDirectory(root);
        SparkSql.Run(SparkTables.Statements(root));
        var all = Environment.GetEnvironmentVariable("BF_SPARK_VERSIONS") == "all";
        var versions = SparkTables.Versions(root).GroupBy(v => v.Table).SelectMany(t => all ? t : t.Take(1).Concat(t.TakeLast(1)).Distinct()).ToList();
        var answers = SparkSql.Run(versions.GroupBy(v => v.Table, v => v.Version).Select(t => SparkTables.AskSpark(root, t.Key, t)))
            .ToLookup(a => a.Key, a => a.Value, StringComparer.Ordinal);
        Assert.True(all ? versions.Count > 80 && answers.Count > 60 : versions.Count > 28 && answers.Count > 12, $"{versions.Count} versions, {answers.Count} of them with rows");

        foreach (var (table, version) in versions)
        {
            var sql = SparkTables.Question(table, $"delta('{root}/{table}', version => {version})");
            var ours = bf.Run("query", sql, "--json").Done().Json.EnumerateArray().Select(SparkTables.Canonical).Order(StringComparer.Ordinal);
            var theirs = answers[$"{table}@{version}"].Select(r => SparkTables.Canonical(JsonDocument.Parse(r).RootElement)).Order(StringComparer.Ordinal);
            Assert.Equal(theirs, ours);
        }

        if (Environment.GetEnvironmentVariable("BF_KEEP_TABLES") == "1")
        {
            SparkTables.Keep(root, versions.Select(v => $"{v.Table}@{v.Version}").Select(k => KeyValuePair.Create(k, answers[k].Order(StringComparer.Ordinal).ToArray())));
        }
    }
}
