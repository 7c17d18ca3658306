using System.Text;
using System.Text.Json.Nodes;
using Bf.Core.Breadth.Further;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Generate;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Search.Documents;
using Bf.Jobs.Signals;

namespace Bf.Jobs.Tests.Search;

/// <summary>Rows as documents: whether they come from a stream or from the table makes no difference.</summary>
public sealed class DocumentTests
{
    [Theory]
    [InlineData("")]
    [InlineData("pct_above_sma37,nh63")]
    public void Documents_of_results_equal_those_of_the_tables(string indicators)
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(12, 300));
        var settings = new GenerateSettings(ScoreSettings.Default, FurtherSet.Resolve(indicators));
        GenerateJob.Run(lake.Lake, new([Universe.All], Interval.Day, null, null, true) { Settings = settings }, "test");

        var signals = SignalReader.Read(lake.Lake, Universe.All, Interval.Day);
        var results = new UniverseResults(Universe.All, signals.Panel, signals.Score, signals.Memory, 0, signals.Panel.Count);
        using var documents = new ResultDocuments(results, Interval.Day, settings, lake.Value("SELECT DISTINCT run FROM breadth"));
        var dates = Enumerable.Range(0, signals.Panel.Count).ToList();

        Compare(lake, SearchTable.Breadth(settings.Indicators), [.. dates.Select(documents.Breadth)], 300);
        Compare(lake, SearchTable.Signals, [.. dates.Select(documents.Signals)], 300);
        Compare(lake, SearchTable.Thrusts, [.. documents.Thrusts(0, results.End).Select(documents.Thrust)], 1);
        Assert.Equal(documents.Thrusts(0, results.End).Where(t => t.Fire.Index is >= 50 and < 120), documents.Thrusts(50, 120));
    }

    [Fact]
    public void Counts_that_are_not_given_are_left_out()
    {
        using var lake = new TestLake();
        lake.ImportCounts("date,advances,declines\n2024-01-02,1800,1100\n2024-01-03,900,2000\n", "nyse.csv");
        lake.Generate(Universe.OfCounts("nyse"));

        var document = Read(lake, SearchTable.Breadth(FurtherSet.None))[0];
        Assert.Equal(("breadth-2024", "nyse|1d|2024-01-02T00:00:00Z"), (document.Index, document.Id));
        var json = JsonNode.Parse(document.Json!)!.AsObject();
        Assert.Equal("""{"universe":"nyse","interval":"1d","ts":"2024-01-02T00:00:00Z"}""", Only(json, "universe", "interval", "ts"));
        Assert.Equal("""{"adv":1800,"dec":1100}""", Only(json, "adv", "dec", "up_vol", "trin"));
    }

    [Fact]
    public void Ids_are_the_rows_keys_and_stay_within_what_an_index_takes()
    {
        Assert.Equal("all|1d|2018-01-02T00:00:00Z|zweig", SearchTable.Id("all", "1d", SearchTable.Text(Market.Day(2018, 1, 2)), "zweig"));
        Assert.Equal("2018-01-02T14:30:00.000001Z", SearchTable.Text(Market.Day(2018, 1, 2) + (52_200 * 1_000_000L) + 1));
        Assert.Equal("breadth-0000", SearchTable.IndexOf("breadth", null));
        var symbols = string.Join(',', Enumerable.Range(0, 300).Select(i => $"S{i}Ä"));
        var (one, other) = (SearchTable.Id(symbols, "1d", "2018-01-02T00:00:00Z"), SearchTable.Id(symbols, "1d", "2018-01-03T00:00:00Z"));
        Assert.True(Encoding.UTF8.GetByteCount(one) <= 512);
        Assert.NotEqual(one, other);
    }

    private static void Compare(TestLake lake, SearchTable table, List<SearchDocument> streamed, int least)
    {
        var stored = Read(lake, table);
        Assert.True(stored.Count >= least);
        Assert.Equal(stored.Select(d => (d.Index, d.Id)), streamed.Select(d => (d.Index, d.Id)));
        Assert.Equal(stored.Select(d => Encoding.UTF8.GetString(d.Json!)), streamed.Select(d => Encoding.UTF8.GetString(d.Json!)));
    }

    private static List<SearchDocument> Read(TestLake lake, SearchTable table)
    {
        var delta = lake.Lake.Table(table.Schema);
        using var connection = DuckDatabase.Connect();
        using var rows = connection.Query($"SELECT {table.Schema.ColumnList} FROM {delta.Relation(delta.Load())} ORDER BY {string.Join(", ", table.Schema.Key)}");
        using var documents = new TableDocuments(table, rows);
        var read = new List<SearchDocument>();
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                read.Add(documents.Of(i));
            }
        }

        return read;
    }

    private static string Only(JsonObject json, params string[] names) =>
        new JsonObject(names.Where(json.ContainsKey).Select(n => KeyValuePair.Create(n, json[n]?.DeepClone()))).ToJsonString();
}
