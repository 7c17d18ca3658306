using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary><c>bf signals search</c> and <c>bf signals export</c> by the program, on a small lake.</summary>
public sealed class SearchTests(SmallLake lake) : IClassFixture<SmallLake>
{
    private BfProgram Bf => lake.Bf;

    [Fact]
    public void A_search_asks_the_lake_where_no_other_place_was_set()
    {
        var result = Bf.Run("signals", "search", "mcc_osc:>0", "ts:2023", "--sort", "mcc_osc:desc", "--limit", "2").Done();
        Assert.StartsWith("asked the lake ", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("ts          universe", result.Lines[0], StringComparison.Ordinal);
        Assert.Equal(4, result.Lines.Length);

        var json = Bf.Run("signals", "search", "mcc_osc:>0 AND ts:2023", "--sort", "mcc_osc:desc", "--limit", "2", "--json").Done().Json;
        Assert.Equal(("lake", "breadth", 2), (json.GetProperty("engine").GetString(), json.GetProperty("table").GetString(), json.GetProperty("hits").GetArrayLength()));
        Assert.Equal(Value("SELECT count(*) AS n FROM breadth WHERE mcc_osc > 0 AND year(ts) = 2023"), $"{json.GetProperty("total")}");
        Assert.Equal(Value("SELECT max(mcc_osc) AS n FROM breadth WHERE year(ts) = 2023"), json.GetProperty("hits")[0].GetProperty("mcc_osc").GetRawText());

        var csv = Bf.Run("signals", "search", "*", "--in", "thrusts", "--format", "csv", "--limit", "100000", "--sort", "ts").Done();
        Assert.Equal(Bf.Run("query", "SELECT * FROM thrusts ORDER BY ts, universe, interval, detector", "--format", "csv").Done().Out, csv.Out);
    }

    [Fact]
    public void A_place_that_does_not_answer_is_named_and_the_lake_asked_unless_it_has_to_be_that_one()
    {
        (string, string) nobody = ("ELASTICSEARCH_HOST", "127.0.0.1:1");
        var result = Bf.Run(["signals", "search", "adv:>0", "--json"], null, nobody).Done();
        Assert.StartsWith("Elasticsearch does not answer at 127.0.0.1:1", result.Error, StringComparison.Ordinal);
        Assert.Equal("lake", result.Json.GetProperty("engine").GetString());

        foreach (var command in (string[][])[["signals", "search", "adv:>0", "--engine", "elasticsearch"], ["signals", "export"]])
        {
            result = Bf.Run(command, null, nobody);
            Assert.Equal((3, "error: Elasticsearch does not answer at 127.0.0.1:1 (Connection refused). Start it (bf infra start elasticsearch), or set ELASTICSEARCH_HOST\n"), (result.Code, result.Error));
        }
    }

    [Theory]
    [InlineData("error: no field 'scor'. Did you mean score?\n  scor:>70\n  ^\n", "signals", "search", "scor:>70")]
    [InlineData("error: --limit: 1 to 100,000 rows\n", "signals", "search", "buy", "--limit", "0")]
    [InlineData("error: --tables: 'trades' is not one of breadth, signals, thrusts, backtests, runs\n", "signals", "export", "--tables", "thrusts,trades")]
    public void What_is_wrong_is_a_matter_of_usage(string message, params string[] command)
    {
        var result = Bf.Run(command);
        Assert.Equal((2, message), (result.Code, result.Error));
    }

    [Fact]
    public void Nothing_that_belongs_to_HTTP_is_loaded_to_generate_signals()
    {
        using var bf = new BfProgram();
        bf.Write("bars.csv", Market.Csv(Market.Random(2, 10)));
        bf.Run("data", "import", "bars.csv").Done();
        (string, string)[] traced = [("DOTNET_EnableEventPipe", "1"), ("DOTNET_EventPipeOutputPath", bf.At("trace.nettrace")), ("DOTNET_EventPipeConfig", "Microsoft-Windows-DotNETRuntime:0x8:4")];

        bf.Run(["signals", "generate"], null, traced).Done();

        var trace = File.ReadAllText(bf.At("trace.nettrace"), System.Text.Encoding.Unicode) + File.ReadAllText(bf.At("trace.nettrace"), System.Text.Encoding.Latin1).Replace("\0", "", StringComparison.Ordinal);
        Assert.Contains("Bf.Jobs", trace, StringComparison.Ordinal);
        Assert.DoesNotContain("System.Net.Http", trace, StringComparison.Ordinal);
    }

    private string Value(string sql) => Bf.Run("query", sql, "--json").Done().Json[0].GetProperty("n").GetRawText();
}
