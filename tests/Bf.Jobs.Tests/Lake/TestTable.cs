using System.Globalization;
using System.Text.Json;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Tests.Lake;

/// <summary>A small Delta table in a folder of its own.</summary>
internal sealed class TestTable : TempFolder
{
    public static readonly TableSchema Schema = new("t", [new("symbol", ColumnType.Text), new("ts", ColumnType.Timestamp), new("n", ColumnType.Long), new("x", ColumnType.Double)], ["symbol"]);

    public TestTable() => Table = Open(Schema);

    public FakeClock Clock { get; } = new();

    public DeltaTable Table { get; }

    public DeltaTable Open(TableSchema schema) => new(new LocalStore(Path), schema, Clock);

    /// <summary>Appends a row.</summary>
    public Snapshot Append(string symbol, long n) => Append($"SELECT '{symbol}' AS symbol, make_timestamptz(0) AS ts, {n}::BIGINT AS n, 0.5::DOUBLE AS x");

    /// <summary>Appends the rows of a SELECT.</summary>
    public Snapshot Append(string select, DeltaTable? table = null)
    {
        table ??= Table;
        using var connection = DuckDatabase.Connect();
        return table.Update(_ =>
        {
            var change = new Change("WRITE");
            change.Add.Add(table.WriteFile(connection, select)!);
            return change;
        });
    }

    /// <summary>Appends one row a call, so that the newest version is <paramref name="last"/>.</summary>
    public void AppendUpTo(int last)
    {
        for (var i = (int)Table.Load().Version + 1; i <= last; i++)
        {
            Append($"S{i}", i);
        }
    }

    /// <summary>The sum of n, and the number of rows.</summary>
    public (long Sum, long Rows) Sum(long? version = null)
    {
        using var connection = DuckDatabase.Connect();
        var relation = Table.Relation(Table.Load(version));
        return (connection.Scalar($"SELECT sum(n)::BIGINT FROM {relation}"), connection.Scalar($"SELECT count(*) FROM {relation}"));
    }

    public string LogFile(string name) => At("t", "_delta_log", name);

    public string LogFile(int version) => LogFile($"{version.ToString("D20", CultureInfo.InvariantCulture)}.json");

    /// <summary>The actions of a commit, by name.</summary>
    public List<(string Action, JsonElement Body)> Commit(int version) =>
        [.. File.ReadAllLines(LogFile(version)).Select(line =>
        {
            var only = Assert.Single(JsonDocument.Parse(line).RootElement.EnumerateObject());
            return (only.Name, only.Value);
        })];

    /// <summary>Writes a log as another engine would.</summary>
    public void WriteLog(params string[] commits)
    {
        Directory.CreateDirectory(At("t", "_delta_log"));
        foreach (var (version, text) in commits.Index())
        {
            File.WriteAllText(LogFile(version), text);
        }
    }
}
