using System.Text.Json.Nodes;
using Bf.Core.Breadth.Further;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Backtests;
using Bf.Jobs.Config;
using Bf.Jobs.Generate;
using Bf.Jobs.Lake;
using Bf.Jobs.Search;
using Bf.Jobs.Search.Bulk;
using Bf.Jobs.Search.Documents;
using Bf.Jobs.Search.Elastic;
using Bf.Jobs.Search.Query;
using Bf.Jobs.Signals;
using Bf.Jobs.Streaming;
using Bf.Jobs.Streaming.Sinks;

namespace Bf.Jobs.Tests.Search;

/// <summary>A real Elasticsearch: its templates, aliases, bulk and search.</summary>
public sealed class ElasticTests : IDisposable
{
    private static readonly string[] Aliases = ["breadth", "signals", "thrusts"];
    private static readonly string[] Records = ["backtests", "runs"];

    private static readonly (string Text, string? Sort, int Limit)[] Searches =
    [
        ("*", null, 3_000), ("state:BUY AND score:>70", null, 20), ("NOT state:hold", "score:desc", 50), ("score:[40 TO 60} OR state:sell", "z_trend", 30), ("NOT score:*", null, 20),
        ("zbt_ema", null, 20), ("deemer* OR value:>=0.95", "value:desc", 40), ("thrust? detector:*thrust", null, 20), ("value:{0 TO 0.62]", null, 100), ("days_since_low:>=1.5 days_since_low:<9", null, 100),
        ("NOT (detector:upvol* OR universe:all)", "days_since_low", 50), ("ts:2020-03", null, 50), ("ts:[2019 TO 2020-02]", null, 10), ("ts:{2020-03-02 TO 2020-03-06}", null, 10), ("ts:>2024-01-31T00:00", null, 40),
        ("ts:<=2018-01-05", "ts", 10), ("adv:>90.5", null, 20), ("adv:{60 TO 62}", "pct_above50:desc", 50), ("adv:>1e300", null, 5), ("mcc_osc:<0 mcc_osc:>=-5", "mcc_osc", 30),
        ("nh_nl:[-3 TO -1] AND NOT pct_above200:>50", null, 30), ("above_sma37:*", null, 5), ("pct_above_sma37:>10", null, 5), ("universe:\"AAPL,MSFT\" adv:2", null, 20), ("universe:aapl* state:buy", null, 20),
        ("universe:a\\\\* OR universe:\"*\"", null, 20), ("return_sum:>=0 unch:0", null, 20), ("run:*nothing*", null, 5), ("up_vol:>9223372036854775807", null, 5),
    ];

    private readonly Settings _settings;
    private readonly ElasticIndex _index;
    private readonly HttpClient _http;

    public ElasticTests()
    {
        var stack = Stack.Shared("elasticsearch");
        _settings = new(new Dictionary<string, string>(), name => stack.Settings.GetValueOrDefault(name), Path.GetTempPath());
        _index = new(ElasticSettings.Of(_settings));
        _http = new() { BaseAddress = new($"http://{_index.Place}/") };
        foreach (var alias in (string[])[.. Aliases, .. Records, "pipeline"])
        {
            Empty(alias);
            Delete($"_index_template/bf-{alias}");
        }
    }

    public void Dispose()
    {
        _index.Dispose();
        _http.Dispose();
    }

    [Fact]
    public void An_export_holds_each_row_once_and_repeating_it_changes_nothing()
    {
        using var lake = new TestLake();
        lake.Import(Repository.Sample);
        lake.Generate();
        var backtest = BacktestJob.Run(lake.Lake, new(Universe.All, Interval.Day, new("zbt_ema"), new(), Save: true), "test").Result.Run;

        var first = Export(lake);
        var documents = All();
        var again = Export(lake);

        // each export is a run itself
        Assert.Equal((0, first.Rows + 1, 0), (first.Rejected, again.Rows, again.Tables.Sum(t => t.Deleted)));
        foreach (var alias in (string[])[.. Aliases, .. Records])
        {
            Assert.Equal(long.Parse(lake.Value($"SELECT count(*) FROM {alias}")), Count(alias));
        }

        Assert.Equal(documents, All());
        var began = Assert.Single(_index.Search("runs", new() { ["query"] = new JsonObject { ["term"] = new JsonObject { ["run"] = backtest } } })!.Hits).Source.GetProperty("ts").GetString()!;
        Assert.Equal(began[..19], Assert.Single(_index.Search("backtests", new())!.Hits).Source.GetProperty("ts").GetString()![..19]);
        Assert.Equal(lake.Value("SELECT count(DISTINCT year(ts)) FROM breadth"), $"{Get("_resolve/index/breadth-*")["indices"]!.AsArray().Count}");
    }

    [Fact]
    public void A_stream_says_how_it_is_and_leaves_the_row_of_its_run()
    {
        using var folder = new TestLake();
        folder.Import(Repository.Sample);
        var lake = DataLake.Open(folder.At("lake"));
        var request = new StreamRequest(new("bars", [Universe.All], Interval.Day), ["elasticsearch"]);

        var result = StreamJob.Replay(lake, _settings, request, new(Universe.All, Interval.Day, null, null, null), "test", _ => { }, default);

        _index.Refresh("pipeline");
        var last = Assert.Single(_index.Search("pipeline", new() { ["query"] = new JsonObject { ["term"] = new JsonObject { ["final"] = true } } })!.Hits).Source;
        Assert.Equal((result.Run, result.Figures.Bars, result.Figures.Rows, 0), (last.GetProperty("run").GetString(), last.GetProperty("bars").GetInt64(), last.GetProperty("rows").GetInt64(), last.GetProperty("lag").GetInt64()));
        Assert.Contains($"-{Environment.ProcessId}", last.GetProperty("instance").GetString(), StringComparison.Ordinal);
        Assert.Equal(long.Parse(folder.Value("SELECT count(*) FROM runs")), Count("runs"));
    }

    [Fact]
    public void A_search_finds_what_the_lake_has()
    {
        using var lake = new TestLake();
        lake.Import(Repository.Sample);
        lake.Generate();
        var pair = Universe.Of("AAPL,MSFT", ["AAPL", "MSFT"]);
        lake.Generate(pair);
        ExportJob.Run(lake.Lake, new([Universe.All, pair], Interval.Day, [], null, null, TimeSpan.FromSeconds(5)), _index, "test", (_, _) => { }, default);
        var found = 0L;
        foreach (var (text, sort, limit) in Searches)
        {
            var query = SearchQuery.Parse(text, null, text.Length % 2 == 0 ? [] : ["all"], sort, limit);
            var (here, there) = (LakeSearch.Run(lake.Lake, query, default), IndexSearch.Run(_index, query, default)!);
            Assert.Equal((text, here.Total), (text, there.Total));
            Assert.Equal(here.Columns, there.Columns);
            Assert.Equal(here.Kinds, there.Kinds);
            Assert.Equal(here.Rows, there.Rows);
            found += here.Total;
        }

        Assert.True(found > 1_000);
    }

    [Fact]
    public void What_the_table_has_no_more_is_deleted_within_the_dates_that_are_sent()
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(12, 300));
        lake.Generate();
        Export(lake);
        var (before, last) = (All(), Market.Weekdays(300)[^1]);
        Put("thrusts", "all|1d|2023-03-01T00:00:00Z|gone", Market.Day(2023, 3, 1));
        Put("thrusts", "all|1d|2023-06-01T00:00:00Z|kept", Market.Day(2023, 6, 1));
        Put("thrusts", "all|1d|later", last + Timestamp.Day);

        var march = ExportJob.Run(lake.Lake, new([Universe.All], Interval.Day, ["thrusts"], Market.Day(2023, 3, 1), Market.Day(2023, 3, 31), TimeSpan.FromSeconds(5)), _index, "test", (_, _) => { }, default);
        Assert.Equal(1, Assert.Single(march.Tables).Deleted);
        Assert.Equal(before.Count + 2, All().Count);
        Assert.Equal(1, Export(lake).Tables.Sum(t => t.Deleted));
        Assert.Equal(before.Append("all|1d|later").Count(), All().Count);
    }

    [Fact]
    public void A_sink_puts_what_an_export_sends_and_deletes_thrusts_that_are_withdrawn()
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(12, 300));
        lake.Generate();
        Export(lake);
        var expected = All();
        var batch = Batch(lake);
        var date = batch.Results.Panel.Ts[150];
        Put("thrusts", $"all|1d|{SearchTable.Text(date)}|withdrawn", date);
        Put("thrusts", "all|1d|2022-12-02T00:00:00Z|before", Market.Day(2022, 12, 2));

        using (var sink = Sink())
        {
            sink.Begin(batch.Results.Panel.Ts[100], 1);
            sink.Put(Dates(batch, 100, 300));
            sink.Flush();
            Assert.Equal(0, sink.Rejected);
        }

        Assert.Equal(expected.Count + 1, All().Count);
        Assert.Equal(expected, All().Where(d => !d.Contains("|before ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_thrust_that_a_sink_put_itself_goes_when_its_date_comes_again_without_it()
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(12, 300));
        lake.Generate();
        using var other = new TestLake();
        other.Import(Market.Random(12, 300, seed: 2));
        other.Generate();
        var (one, two) = (Batch(lake), Batch(other));
        var date = Enumerable.Range(0, 300).First(i => Fires(one, i).Except(Fires(two, i)).Any());

        using var sink = Sink();
        sink.Begin(long.MinValue, 1);
        sink.Put(Dates(one, 0, 300));
        sink.Put(Dates(two, date, date + 1));
        sink.Flush();

        var ts = SearchTable.Text(one.Results.Panel.Ts[date]);
        _index.Refresh("thrusts");
        Assert.Equal(Fires(two, date).Select(d => $"all|1d|{ts}|{d}"), Ids("thrusts").Where(id => id.Contains(ts, StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Range(0, 300).Sum(i => Fires(i == date ? two : one, i).Count()), Count("thrusts"));
        _index.Refresh("breadth");
        Assert.Equal(300, Count("breadth"));
    }

    [Fact]
    public void Preparing_puts_the_template_and_new_fields_once_and_again_only_when_they_differ()
    {
        _index.Prepare(SearchTable.Breadth(FurtherSet.None));
        Put("breadth", "all|1d|2024-01-02T00:00:00Z", Market.Day(2024, 1, 2));
        _index.Prepare(SearchTable.Breadth(FurtherSet.Resolve("pct_above_sma37")));
        _index.Prepare(SearchTable.Breadth(FurtherSet.None));

        var template = Get("_index_template/bf-breadth")["index_templates"]![0]!["index_template"]!;
        Assert.Equal("""{"type":"double"}""", template["template"]!["mappings"]!["properties"]!["pct_above_sma37"]!.ToJsonString());
        var mapping = Get("breadth-2024/_mapping")["breadth-2024"]!["mappings"]!;
        Assert.Equal("""{"type":"double"}""", mapping["properties"]!["pct_above_sma37"]!.ToJsonString());
        Assert.Equal("""{"type":"date"}""", mapping["properties"]!["ts"]!.ToJsonString());
        Assert.Equal("""{"type":"long"}""", mapping["properties"]!["adv"]!.ToJsonString());
        Assert.True(IndexTemplate.Equal(template.AsObject(), IndexTemplate.Of(SearchTable.Breadth(FurtherSet.None), ElasticSettings.Of(_settings), template.AsObject())));
    }

    [Theory]
    [InlineData("breadth", "an index named breadth, which has to be the alias")]
    [InlineData("_index_template/theirs", "an index template theirs for breadth-*")]
    [InlineData("breadth-2024", "the field adv is text, but has to be long; delete the index")]
    [InlineData("other", "the alias breadth stands for the index other")]
    public void What_belongs_to_somebody_else_is_named_and_left_alone(string theirs, string message)
    {
        using var body = new StringContent(theirs switch
        {
            "_index_template/theirs" => """{"index_patterns":["breadth-*"],"priority":1}""",
            "other" => """{"aliases":{"breadth":{}}}""",
            _ => """{"mappings":{"properties":{"adv":{"type":"text"}}}}""",
        }, null, "application/json");
        Create(theirs, body);

        try
        {
            Assert.Contains(message, Assert.Throws<JobException>(() => _index.Prepare(SearchTable.Breadth(FurtherSet.None))).Message, StringComparison.Ordinal);
        }
        finally
        {
            Delete(theirs);
        }
    }

    private ElasticSink Sink() => new(new ElasticIndex(ElasticSettings.Of(_settings)), new(TimeSpan.FromSeconds(5)), [Universe.All], Interval.Day, r => Assert.Fail(r.Reason), TimeProvider.System);

    private static ResultBatch Batch(TestLake lake)
    {
        var signals = SignalReader.Read(lake.Lake, Universe.All, Interval.Day);
        return new(new(Universe.All, signals.Panel, signals.Score, signals.Memory, 0, signals.Panel.Count), Interval.Day, GenerateSettings.Usual, lake.Value("SELECT DISTINCT run FROM breadth"), true);
    }

    private static ResultBatch Dates(ResultBatch batch, int from, int end) => batch with { Results = batch.Results with { From = from, End = end } };

    private ExportResult Export(TestLake lake) =>
        ExportJob.Run(lake.Lake, new([Universe.All], Interval.Day, [], null, null, TimeSpan.FromSeconds(5)), _index, "test", (_, _) => { }, default);

    private void Put(string alias, string id, long ts)
    {
        var json = System.Text.Encoding.UTF8.GetBytes($$"""{"universe":"all","interval":"1d","ts":"{{SearchTable.Text(ts)}}","detector":"x"}""");
        Assert.All(_index.Bulk([new(SearchTable.IndexOf(alias, ts), id, json)], default).Items, i => Assert.True(i.IsDone));
        _index.Refresh(alias);
    }

    private long Count(string alias) => _index.Count(alias, new() { ["match_all"] = new JsonObject() });

    private List<string> All()
    {
        _index.Refresh("_all");
        return [.. Aliases.SelectMany(a => _index.Search(a, new() { ["size"] = 10_000, ["sort"] = new JsonArray("ts", new JsonObject { ["run"] = "asc" }) })?.Hits ?? []).Select(h => $"{h.Index}/{h.Id} {h.Source}").Order(StringComparer.Ordinal)];
    }

    private JsonNode Get(string path) => JsonNode.Parse(_http.GetStringAsync(new Uri(path, UriKind.Relative)).Result)!;

    private IEnumerable<string> Ids(string alias) => _index.Search(alias, new() { ["size"] = 10_000 })!.Hits.Select(h => h.Id).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Fires(ResultBatch batch, int date) =>
        Detectors.All.Where((_, d) => batch.Results.Memory.Fires[d].Any(f => f.Index == date)).Select(d => d.Name).Order(StringComparer.Ordinal);

    private void Create(string path, HttpContent body)
    {
        using var answer = _http.PutAsync(new Uri(path, UriKind.Relative), body).Result.EnsureSuccessStatusCode();
    }

    /// <summary>Deletes a table's indices, by name: by pattern they can't be.</summary>
    private void Empty(string alias)
    {
        foreach (var index in Get($"_resolve/index/{alias}-*")["indices"]!.AsArray())
        {
            Delete((string)index!["name"]!);
        }
    }

    private void Delete(string path)
    {
        using var answer = _http.DeleteAsync(new Uri(path, UriKind.Relative)).Result;
    }
}
