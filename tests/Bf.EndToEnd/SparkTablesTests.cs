using System.Text.Json;
using System.Text.RegularExpressions;
using Bf.Jobs.Tests;
using Bf.Jobs.Tests.Lake;

namespace Bf.EndToEnd;

/// <summary>
/// Tables that the real Spark makes, where this machine has it: bf reads the first and the last version of each row by row as Spark does. With BF_SPARK_VERSIONS=all
/// they are of every kind and every version is read: unasked that takes too long, since the tables and answers that are kept among the fixtures are read by other tests.
/// </summary>
public sealed class SparkTablesTests
{
    private static readonly string[] Usual = ["checkpoint_v2_parquet", "deleted", "evolved", "signs"];

    [Fact]
    public void Bf_reads_tables_of_Spark_as_Spark_does()
    {
        using var bf = new BfProgram();
        var root = bf.At("tables");
        Directory.CreateDirectory(root);
        var all = Environment.GetEnvironmentVariable("BF_SPARK_VERSIONS") == "all";
        SparkSql.Run(SparkTables.Statements(root).Where(s => all || Tables(s, root).All(Usual.Contains)));
        var versions = SparkTables.Versions(root).GroupBy(v => v.Table).SelectMany(t => all ? t : t.Take(1).Concat(t.TakeLast(1)).Distinct()).ToList();
        var answers = SparkSql.Run(versions.GroupBy(v => v.Table, v => v.Version).Select(t => SparkTables.AskSpark(root, t.Key, t)))
            .ToLookup(a => a.Key, a => a.Value, StringComparer.Ordinal);
        Assert.True(all ? versions.Count > 80 && answers.Count > 60 : versions.Count == 2 * Usual.Length && answers.Count >= Usual.Length, $"{versions.Count} versions, {answers.Count} of them with rows");

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

    /// <summary>The tables that a statement names.</summary>
    private static IEnumerable<string> Tables(string statement, string root) => Regex.Matches(statement, Regex.Escape(root) + @"/(\w+)").Select(m => m.Groups[1].Value);
}
