using Bf.Jobs.Search;
using Bf.Jobs.Search.Query;

namespace Bf.Jobs.Tests.Search;

/// <summary>The language of searches: what a query means, which table it asks, and what is said of a wrong one.</summary>
public sealed class SearchQueryTests
{
    [Fact]
    public void A_query_finds_the_rows_that_the_same_condition_in_SQL_finds()
    {
        using var lake = new TestLake();
        lake.Import(Repository.Sample);
        lake.Generate();
        foreach (var (text, table, where) in new (string, string, string)[]
        {
            ("", "signals", "true"),
            ("state:BUY AND score:>70", "signals", "state = 'buy' AND score > 70"),
            ("NOT state:hold", "signals", "state IS DISTINCT FROM 'hold'"),
            ("state:(buy OR sell) NOT z_trend:<0", "signals", "state IN ('buy', 'sell') AND NOT coalesce(z_trend < 0, false)"),
            ("score:[40 TO 60} OR z_trend:{1 TO *]", "signals", "(score >= 40 AND score < 60) OR z_trend > 1"),
            ("state:buy score:<70 OR state:sell", "signals", "(state = 'buy' AND score < 70) OR state = 'sell'"),
            ("NOT score:*", "signals", "score IS NULL"),
            ("buy", "signals", "state = 'buy'"),
            ("zbt_ema", "thrusts", "detector = 'zbt_ema'"),
            ("zbt*", "thrusts", "detector LIKE 'zbt%'"),
            ("upvol90?2", "thrusts", "detector = 'upvol90x2'"),
            ("detector:\"upvol90?2\"", "thrusts", "false"),
            ("days_since_low:>1.5", "thrusts", "days_since_low >= 2"),
            ("days_since_low:99999999999", "thrusts", "false"),
            ("adv:{60 TO 62}", "breadth", "adv = 61"),
            ("adv:60.5", "breadth", "false"),
            ("adv:<=60.5 AND ADV:>59.5", "breadth", "adv = 60"),
            ("ts:2020-03 adv:*", "breadth", "ts >= '2020-03-01' AND ts < '2020-04-01'"),
            ("ts:>2020-03 adv:*", "breadth", "ts >= '2020-04-01'"),
            ("ts:[2019 TO 2020-02-03] adv:*", "breadth", "ts >= '2019-01-01' AND ts < '2020-02-04'"),
            ("ts:2020-03-23T00:00 adv:*", "breadth", "ts = '2020-03-23'"),
        })
        {
            var query = SearchQuery.Parse(text, null, [], null, 10_000);
            var found = LakeSearch.Run(lake.Lake, query, default);
            Assert.Equal((text, table), (text, found.Table));
            var ts = found.Columns.Index().First(c => c.Item == "ts").Index;
            Assert.Equal(lake.Query($"SELECT strftime(ts, '%Y-%m-%dT%H:%M:%SZ') FROM {table} WHERE {where} ORDER BY ts DESC"), found.Rows.Select(r => r[ts]));
            Assert.Equal(found.Rows.Count, found.Total);
        }
    }

    [Fact]
    public void Rows_are_ordered_and_cut_as_asked_and_values_are_exact()
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(12, 300));
        lake.Generate();
        var found = LakeSearch.Run(lake.Lake, SearchQuery.Parse("ts:*", null, ["all"], "mcc_osc:desc", 7), default);
        var column = found.Columns.Index().First(c => c.Item == "mcc_osc").Index;
        Assert.Equal(lake.Query("SELECT mcc_osc FROM breadth ORDER BY mcc_osc DESC NULLS LAST, ts DESC LIMIT 7"), found.Rows.Select(r => r[column]));
        Assert.Equal(300, found.Total);
        Assert.Empty(LakeSearch.Run(lake.Lake, SearchQuery.Parse("*", null, ["dow30"], null, 7), default).Rows);
    }

    [Fact]
    public void A_lake_without_results_has_no_hits()
    {
        using var lake = new TestLake();
        Assert.Equal(0, LakeSearch.Run(lake.Lake, SearchQuery.Parse("score:>70", null, [], null, 7), default).Total);
    }

    [Theory]
    [InlineData("ts:2020", null, "signals")]
    [InlineData("threshold:>1", null, "thrusts")]
    [InlineData("universe:all", "adv:desc", "breadth")]
    [InlineData("pct_above_sma37:>1", null, "breadth")]
    public void The_fields_say_which_table_is_meant(string text, string? sort, string table) => Assert.Equal(table, SearchQuery.Parse(text, null, [], sort, 1).Table);

    [Theory]
    [InlineData("scor:>70", 0, "no field 'scor'. Did you mean score?")]
    [InlineData("state:buy AND pct_abov50:>1", 14, "Did you mean pct_above50")]
    [InlineData("score:>70 adv:>3", 10, "adv is of breadth, what stands before it is of signals")]
    [InlineData("memory:x", 0, "memory is kept with each document, but not searched")]
    [InlineData("score:>abc", 7, "score is a number")]
    [InlineData("score:>1e999", 7, "score is a number")]
    [InlineData("ts:>yesterday", 4, "ts is a time")]
    [InlineData("state:>a", 7, "state is a text")]
    [InlineData("score:", 6, "a value after score: is missing")]
    [InlineData("score:>", 7, "a value is missing")]
    [InlineData("score:[60 70]", 10, "a range is written [60 TO 80]")]
    [InlineData("score:[60 TO 70", 6, "this range is not closed")]
    [InlineData("buy AND", 7, "here a condition is missing")]
    [InlineData("(buy OR sell", 0, "this parenthesis is not closed")]
    [InlineData("buy)", 3, "')' closes nothing")]
    [InlineData("\"buy", 0, "this quote is not closed")]
    [InlineData(":70", 0, "':' can't stand here")]
    [InlineData("OR buy", 0, "here a condition is missing")]
    public void What_is_wrong_is_pointed_at(string text, int at, string message)
    {
        var lines = Assert.Throws<FormatException>(() => SearchQuery.Parse(text, null, [], null, 1)).Message.Split('\n');
        Assert.Contains(message, lines[0], StringComparison.Ordinal);
        Assert.Equal([$"  {text}", $"  {new string(' ', at)}^"], lines[1..]);
    }

    [Theory]
    [InlineData("scor:desc", "Did you mean score")]
    [InlineData("score:down", "is not FIELD, FIELD:asc or FIELD:desc")]
    [InlineData("memory", "not sorted by")]
    public void An_order_that_there_is_not_is_refused(string sort, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => SearchQuery.Parse("buy", null, [], sort, 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void No_text_makes_it_fail_in_another_way_than_by_pointing_at_the_place()
    {
        var random = new Random(8);
        string[] parts = ["score", ":", ">", "<", "=", "[", "]", "{", "}", " TO ", "70", "*", "?", "\"", "\\", "(", ")", " AND ", " OR ", " NOT ", " ", "ts", "2020-03", "buy", "Ä", "\t", "adv", "-1"];
        var understood = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => parts[random.Next(parts.Length)]));
            try
            {
                var query = SearchQuery.Parse(text, null, [], null, 1);
                Assert.NotEmpty(new SqlQuery(new HashSet<string>()).Of(query.Condition));
                Assert.NotEmpty(ElasticQuery.Of(query.Condition).ToJsonString());
                understood++;
            }
            catch (FormatException e)
            {
                Assert.EndsWith("^", e.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(understood, 1_000, 19_000);
        Assert.Contains("within each other", Assert.Throws<FormatException>(() => SearchQuery.Parse(new string('(', 5_000), null, [], null, 1)).Message, StringComparison.Ordinal);
    }
}
