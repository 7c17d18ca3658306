using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>The real Spark with Delta Lake, where this machine has it: it reads what bf wrote, and bf what it wrote.</summary>
public sealed class SparkTests
{
    [Fact]
    public void Spark_and_bf_count_the_same_in_each_others_tables()
    {
        using var bf = new BfProgram();
        var bars = Market.Random(4, 60);
        foreach (var (i, part) in bars.GroupBy(b => b.Ts).Chunk(5).Index()) // 12 commits: a checkpoint is among them
        {
            bf.Write($"{i}.csv", Market.Csv(part.SelectMany(b => b)) + $"2023-01-02,X,{i}\n");
            bf.Run("data", "import", $"{i}.csv").Done();
        }

        bf.Write("changed.csv", Market.Csv(bars.Take(2).Select(b => b with { Volume = 1_000_000_007 })));
        bf.Run("data", "import", "changed.csv").Done();
        bf.Run("signals", "generate").Done();
        Assert.True(File.Exists(bf.At("lake", "bars_1d", "_delta_log", "_last_checkpoint")));

        (string Table, string Sums)[] questions =
        [
            ("bars_1d", "count(*), sum(volume), min(CAST(ts AS STRING)), max(symbol)"), ("breadth", "count(*), sum(adv), max(CAST(ts AS STRING)), count(mcc_osc)"),
            ("signals", "count(*), count(score), min(universe), max(versions)"), ("thrusts", "count(*), count(value), min(detector), max(run)"),
            ("quarantine", "count(*), sum(line), min(rule), max(rule)"), ("runs", "count(*), sum(rows), min(command), max(outcome)"), ("state", "count(*), sum(bars), min(symbol), max(symbol)"),
        ];
        var theirs = bf.At("theirs");
        List<string> statements = [];
        statements.Add(string.Join(" UNION ALL ", questions.Select(q => $"SELECT '{q.Table}' AS k, concat_ws('|', {q.Sums}) AS v FROM delta.`{bf.At("lake", q.Table)}`")));
        // bf's table goes on in Spark: appends, another layout
        statements.AddRange(Enumerable.Range(0, 1).Select(i => $"INSERT INTO delta.`{bf.At("lake", "bars_1d")}` SELECT 'SPARK{i}', ts, open, high, low, close, adj_close, volume, source, ingested_at FROM delta.`{bf.At("lake", "bars_1d")}` WHERE symbol = 'S00'"));
        statements.Add($"OPTIMIZE delta.`{bf.At("lake", "bars_1d")}`");
        // and a table of Spark's own, with checkpoints
        statements.Add($"CREATE TABLE delta.`{theirs}` USING delta TBLPROPERTIES ('delta.checkpointInterval' = '2') AS SELECT 'A' AS symbol, CAST(0 AS BIGINT) AS n, CAST('2024-01-02 14:30:00' AS TIMESTAMP) AS ts, CAST(1.5 AS DOUBLE) AS x, DATE '2024-01-02' AS d, true AS b");
        statements.AddRange(Enumerable.Range(1, 3).Select(i => $"INSERT INTO delta.`{theirs}` VALUES ('B', {i}, CAST('2024-01-03 00:00:00' AS TIMESTAMP), 0.1, DATE '2024-01-03', false)"));
        statements.Add($"DELETE FROM delta.`{theirs}` WHERE n = 2");
        var answers = SparkSql.Run(statements).ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);

        foreach (var (table, sums) in questions)
        {
            var sql = $"SELECT concat_ws('|', {sums.Replace("CAST(ts AS STRING)", "strftime(ts, '%Y-%m-%d %H:%M:%S')", StringComparison.Ordinal)}) AS v FROM {table}";
            var ours = table == "bars_1d" ? sql.Replace($"FROM {table}", $"FROM {table} WHERE symbol NOT LIKE 'SPARK%'", StringComparison.Ordinal) : sql;
            Assert.Equal(answers[table], bf.Run("query", ours, "--json").Done().Json[0].GetProperty("v").GetString());
        }

        Assert.True(File.Exists(Path.Combine(theirs, "_delta_log", "_last_checkpoint")));
        Assert.Equal("n,s\n300,5\n", bf.Run("query", "SELECT count(*) AS n, count(DISTINCT symbol) AS s FROM bars_1d", "--format", "csv").Done().Out);
        Assert.Equal("n,sum,x,t,v\n3,4,1.7,2024-01-03T00:00:00Z,4\n", bf.Run("query",
            $"SELECT count(*) AS n, sum(n) AS sum, sum(x)::DECIMAL(9,1) AS x, max(ts) AS t, (SELECT count(*) FROM delta('{theirs}', version => 3)) AS v FROM delta('{theirs}')", "--format", "csv").Done().Out);

        // what bf does with the table after Spark did its part
        Assert.Contains("nothing new", bf.Run("data", "import", "changed.csv").Done().Out);
        Assert.Equal(5, bf.Run("signals", "generate", "--json").Done().Json.GetProperty("symbols_read").GetInt32());
    }
}
