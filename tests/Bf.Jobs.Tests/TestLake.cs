using Bf.Core.Market;
using Bf.Jobs.Counts;
using Bf.Jobs.Generate;
using Bf.Jobs.Import;
using Bf.Jobs.Lake;
using Bf.Jobs.Query;

namespace Bf.Jobs.Tests;

/// <summary>A lake in a folder of its own, with a clock that stands still.</summary>
internal sealed class TestLake : TempFolder
{
    private int _files;

    static TestLake() => Log.Writer = TextWriter.Null; // warnings are part of some tests

    public TestLake() => Lake = DataLake.Open(At("lake"), Clock);

    public FakeClock Clock { get; } = new();

    public DataLake Lake { get; }

    /// <summary>Imports files as they are.</summary>
    public ImportResult Import(params string[] paths) => ImportJob.Run(Lake, new(paths, null, null, Interval.Day), "test");

    /// <summary>Imports a text as a CSV file.</summary>
    public ImportResult ImportText(string text, string? name = null) => Import(Write(name ?? $"import-{++_files}.csv", text));

    /// <summary>Imports bars as a CSV file, in the order in which they come.</summary>
    public ImportResult Import(IEnumerable<Bar> bars) => ImportText(Market.Csv(bars));

    /// <summary>Imports a text as a CSV file of official counts.</summary>
    public ImportCountsResult ImportCounts(string text, string name) => ImportCountsJob.Run(Lake, new(Write(name, text), null, null, Interval.Day), "test");

    public GenerateResult Generate(Universe? universe = null, long? from = null, long? to = null, bool force = false) =>
        GenerateJob.Run(Lake, new(universe ?? Universe.All, Interval.Day, from, to, force), "test");

    /// <summary>The rows of a query as text; NULL is a question mark.</summary>
    public List<string> Query(string sql)
    {
        var sink = new TextSink();
        QueryJob.Run(() => Lake, sql, sink);
        return sink.Rows;
    }

    /// <summary>The only value of a query.</summary>
    public string Value(string sql) => Assert.Single(Query(sql));

    /// <summary>What a run leaves, each double to its last digit: all columns of the results but the run's name.</summary>
    public List<string> Results(string? universe = null, bool withState = false)
    {
        var where = universe is null ? "" : $" WHERE universe = '{universe}'";
        List<string> rows =
        [
            .. Query($"SELECT * EXCLUDE run FROM breadth{where} ORDER BY universe, interval, ts"),
            .. Query($"SELECT * EXCLUDE run FROM signals{where} ORDER BY universe, interval, ts"),
            .. Query($"SELECT * EXCLUDE run FROM thrusts{where} ORDER BY universe, interval, ts, detector"),
        ];
        return withState ? [.. rows, .. Query("SELECT * EXCLUDE run FROM state ORDER BY interval, symbol")] : rows;
    }

    /// <summary>The bars, but for when they came.</summary>
    public List<string> Bars() => Query("SELECT * EXCLUDE (source, ingested_at) FROM bars_1d ORDER BY symbol, ts");

    /// <summary>The versions of all tables, by name.</summary>
    public string Versions() =>
        string.Join(' ', Directory.Exists(At("lake")) ? Directory.EnumerateDirectories(At("lake")).Order(StringComparer.Ordinal).Select(t => $"{System.IO.Path.GetFileName(t)}:{Directory.EnumerateFiles(System.IO.Path.Combine(t, "_delta_log"), "*.json").Count() - 1}") : []);

    /// <summary>Puts a table back to an older copy of its folder.</summary>
    public static void Restore(string copy, string table)
    {
        Directory.Delete(table, recursive: true);
        Copy(copy, table);
    }

    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
