using Bf.Core.Market;
using Bf.Jobs.Fetch;
using Bf.Sources.Tests.Fetch;

namespace Bf.Jobs.Tests.Fetch;

public sealed class FetchTests
{
    private static readonly long Jan1 = Market.Day(2026, 1, 1);

    [Fact]
    public void Bars_arrive_with_their_values_and_their_source()
    {
        using var t = new FetchLake();
        t.Server.Have(January("AAPL", 5, 6));
        var result = t.Fetch("AAPL");

        Assert.Equal(new("AAPL", FetchState.Fetched) { Added = 2 }, Assert.Single(result.Symbols));
        Assert.Equal(
            ["AAPL|2026-01-05T00:00:00Z|104.5|106|104|105|94.5|1000|yahoo|2026-01-30T23:00:00Z", "AAPL|2026-01-06T00:00:00Z|105.5|107|105|106|95.4|1000|yahoo|2026-01-30T23:00:00Z"],
            t.Lake.Query("SELECT * FROM bars_1d ORDER BY ts"));
        Assert.Equal(["AAPL 1900-01-01..2026-01-30"], t.Asked());
        Assert.Equal($"{result.Run}|data fetch|2|done", t.Lake.Value("SELECT run, command, rows, outcome FROM runs"));
    }

    [Fact]
    public void Again_on_the_same_day_asks_nothing_and_writes_nothing()
    {
        using var t = new FetchLake();
        t.Server.Have([.. January("AAPL", 29, 30), .. January("MSFT", 29, 30)]);
        t.Fetch("AAPL", "MSFT");
        t.Asked();
        var (versions, fetches) = (t.Lake.Versions(), t.Fetches());
        var again = t.Fetch("AAPL", "MSFT");

        Assert.All(again.Symbols, s => Assert.Equal(FetchState.Complete, s.State));
        Assert.Empty(t.Asked());
        Assert.Equal(versions.Replace("runs:0", "runs:1", StringComparison.Ordinal), t.Lake.Versions());
        Assert.Equal(fetches, t.Fetches());
    }

    [Fact]
    public void The_next_day_asks_for_the_last_days_and_adds_what_is_new()
    {
        using var t = new FetchLake();
        t.Server.Have(January("AAPL", 5, 6, 15, 16, 28, 29));
        t.Fetch("AAPL");
        t.Server.Have(January("AAPL", 5, 6, 15, 16, 28, 29, 30));
        t.Now = t.Now.AddHours(15);
        t.Asked();
        var result = t.Fetch("AAPL");

        Assert.Equal((1, 0, false), (result.Added, result.Changed, result.Symbols[0].Readjusted));
        Assert.Equal(["AAPL 2026-01-19..2026-01-31"], t.Asked());
        Assert.Equal("7|2", t.Lake.Value("SELECT count(*), count(DISTINCT ingested_at) FROM bars_1d"));
    }

    [Fact]
    public void An_earlier_start_is_asked_for_once_even_where_the_symbol_begins_later()
    {
        using var t = new FetchLake();
        t.Server.Have(January("NEW", 20, 21, 30));
        t.Fetch("NEW");
        t.Asked();

        t.Fetch(["NEW"], Market.Day(2025, 6, 2));
        Assert.Equal(["NEW 2025-06-02..2026-01-29"], t.Asked());
        t.Fetch(["NEW"], Market.Day(2025, 6, 2));
        t.Fetch(["NEW"], Market.Day(2025, 9, 1));
        Assert.Empty(t.Asked());
        Assert.Equal("3", t.Lake.Value("SELECT count(*) FROM bars_1d"));
    }

    [Fact]
    public void Imported_bars_are_gone_on_from()
    {
        using var t = new FetchLake();
        var bars = January("AAPL", 5, 6, 7, 8, 30);
        t.Lake.Import(bars.Take(4));
        t.Server.Have(bars);
        var result = t.Fetch("AAPL");

        Assert.Equal((1, 0), (result.Added, result.Changed));
        Assert.Equal(["AAPL 2026-01-05..2026-01-30"], t.Asked());
        Assert.Equal(["import|4", "yahoo|1"], t.Lake.Query("SELECT source, count(*) FROM bars_1d GROUP BY source ORDER BY source"));
    }

    [Fact]
    public void Bars_that_were_taken_out_are_asked_for_again()
    {
        using var t = new FetchLake();
        t.Server.Have(January("AAPL", 5, 6, 30));
        t.Fetch("AAPL");
        t.Asked();
        Directory.Delete(t.Lake.At("lake", "bars_1d"), recursive: true); // as a restore to before the fetch does
        var result = t.Fetch("AAPL");

        Assert.Equal(3, result.Added);
        Assert.Equal(["AAPL 1900-01-01..2026-01-30"], t.Asked());
    }

    [Fact]
    public void A_range_that_holds_no_bar_is_remembered()
    {
        using var t = new FetchLake();
        t.Server.Have(January("AAPL", 5, 30));
        t.Fetch(["AAPL"], Market.Day(2026, 1, 10), Market.Day(2026, 1, 12));
        t.Fetch(["AAPL"], Market.Day(2026, 1, 10), Market.Day(2026, 1, 12));

        Assert.Single(t.Asked());
        Assert.Equal(["yahoo|1d|AAPL|2026-01-10T00:00:00Z|2026-01-12T00:00:00Z|?|0"], t.Fetches());
        Assert.Equal(1, t.Fetch("AAPL").Added); // and keeps nothing later from being asked for
    }

    [Fact]
    public void A_symbol_on_its_first_day_is_no_failure()
    {
        using var t = new FetchLake();
        t.Now = new(2026, 1, 30, 18, 0, 0, TimeSpan.Zero);
        t.Server.Have(January("NEW", 30));
        var first = t.Fetch("NEW");
        Assert.Equal(new("NEW", FetchState.Fetched) { Unfinished = 1 }, Assert.Single(first.Symbols));

        t.Now = t.Now.AddHours(5);
        Assert.Equal(1, t.Fetch("NEW").Added);
    }

    [Fact]
    public void One_symbols_failure_is_reported_and_the_rest_kept()
    {
        using var t = new FetchLake();
        t.Server.Have([.. January("AAPL", 5), .. January("MSFT", 5), .. January("SLOW", 5)]);
        t.Server.Fail("MSFT", Fault.ConsentPage);
        t.Server.Fail("SLOW", Fault.Silence, Fault.Silence);
        var result = t.Fetch(["AAPL", "MSFT", "NOPE", "SLOW"], null, parallel: 1);

        Assert.Equal([FetchState.Fetched, FetchState.Failed, FetchState.Failed, FetchState.Failed], result.Symbols.Select(s => s.State));
        Assert.Contains("web page", result.Symbols[1].Reason);
        Assert.Contains("does not know NOPE", result.Symbols[2].Reason);
        Assert.Contains("did not answer", result.Symbols[3].Reason);
        Assert.Equal("AAPL|1", t.Lake.Value("SELECT symbol, count(*) FROM bars_1d GROUP BY symbol"));
        Assert.Equal("done but for 3 of 4 symbols", t.Lake.Value("SELECT outcome FROM runs"));

        t.Asked();
        Assert.Equal(2, t.Fetch("AAPL", "MSFT", "SLOW").Added); // the same again asks only for what failed
        Assert.Equal(["MSFT 1900-01-01..2026-01-30", "SLOW 1900-01-01..2026-01-30"], t.Asked().Order());
    }

    [Fact]
    public void A_host_that_cannot_be_reached_is_a_service_that_is_down_and_soon_left_alone()
    {
        using var t = new FetchLake();
        t.Server.Dispose();
        var e = Assert.Throws<ServiceDownException>(() => t.Fetch([.. Enumerable.Range(0, 500).Select(i => $"S{i}")]));

        Assert.Contains("can't be reached", e.Message);
        Assert.False(Directory.Exists(t.Lake.At("lake")));
    }

    [Fact]
    public void A_source_that_is_out_of_order_is_soon_left_alone()
    {
        using var t = new FetchLake();
        var symbols = Enumerable.Range(0, 100).Select(i => $"S{i:00}").ToArray();
        foreach (var symbol in symbols)
        {
            t.Server.Fail(symbol, [.. Enumerable.Repeat(Fault.Status(503), 9)]);
        }

        var result = t.Fetch(symbols, null, parallel: 2);
        Assert.InRange(result.In(FetchState.Failed).Count, 8, 9);
        Assert.Equal(100, result.In(FetchState.Failed).Count + result.In(FetchState.NotAsked).Count);
        Assert.All(result.In(FetchState.NotAsked), s => Assert.Contains("HTTP 503", s.Reason));
    }

    [Fact]
    public void A_daily_limit_ends_the_fetch_and_what_came_before_is_kept()
    {
        using var t = new FetchLake();
        t.Server.Have(January("A", 5));
        t.Server.Fail("B", Fault.Text(200, "Exceeded the daily hits limit"));
        t.Server.Have(January("C", 5));
        var result = t.Fetch(["A", "B", "C"], Jan1, source: "stooq", parallel: 1);

        Assert.Equal([FetchState.Fetched, FetchState.Failed, FetchState.NotAsked], result.Symbols.Select(s => s.State));
        Assert.Contains("tomorrow", result.Symbols[2].Reason);
        Assert.Equal("A|stooq", t.Lake.Value("SELECT symbol, source FROM bars_1d"));
    }

    [Fact]
    public void Rows_that_break_a_rule_go_to_quarantine_once()
    {
        using var t = new FetchLake();
        var bars = January("AAPL", 27, 28, 29, 30).ToList();
        bars[1] = bars[1] with { High = 1 };
        bars[2] = bars[2] with { Low = double.NaN };
        t.Server.Have(bars.Take(3));
        var first = t.Fetch("AAPL");
        Assert.Equal((1, 2), (first.Added, first.Symbols[0].Quarantined));

        t.Now = t.Now.AddHours(15);
        t.Server.Have(bars.Skip(1));
        Assert.Equal(1, t.Fetch("AAPL").Added); // the rows have other numbers now
        Assert.Equal(
            ["yahoo/AAPL|2|high_below_low|2026-01-28,AAPL,127.5,1,127,128,115.2,1000", "yahoo/AAPL|3|unreadable_number|2026-01-29,AAPL,128.5,130,,129,116.10000000000001,1000"],
            t.Lake.Query("SELECT file, line, rule, raw FROM quarantine ORDER BY line"));
    }

    [Fact]
    public void Rows_of_one_answer_that_disagree_go_to_quarantine_and_twins_count_once()
    {
        using var t = new FetchLake();
        var bars = January("AAPL", 5, 6, 7).ToList();
        t.Server.Have([.. bars, bars[0], bars[1] with { Volume = 5 }]);
        var result = t.Fetch("AAPL");

        Assert.Equal((2, 2), (result.Added, result.Quarantined["conflict"]));
        Assert.Equal(["2026-01-05", "2026-01-07"], t.Lake.Query("SELECT strftime(ts, '%Y-%m-%d') FROM bars_1d ORDER BY ts"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void No_more_symbols_are_asked_for_at_once_than_allowed(int parallel)
    {
        using var t = new FetchLake();
        var symbols = Enumerable.Range(0, 12).Select(i => $"S{i:00}").ToArray();
        t.Server.Have(symbols.SelectMany(s => January(s, 5)));
        var together = new Barrier(parallel);
        t.Server.Before = _ => Task.Run(() => together.SignalAndWait(TimeSpan.FromSeconds(20)));
        t.Fetch(symbols, null, parallel: parallel);

        Assert.Equal(parallel, t.Server.MostAtOnce);
    }

    [Fact]
    public void Batches_are_committed_as_they_fill_and_an_interrupted_fetch_goes_on_where_it_ended()
    {
        using var t = new FetchLake();
        using var whole = new FetchLake();
        var symbols = Enumerable.Range(0, 300).Select(i => $"S{i:000}").ToArray();
        var bars = symbols.SelectMany(s => January(s, 5, 6, 30)).ToList();
        t.Server.Have(bars);
        whole.Server.Have(bars);
        using var cancel = new CancellationTokenSource();

        // what comes after waits for the interruption, however busy the machine is
        t.Server.Before = symbol => symbol == "S270" ? cancel.CancelAsync()
            : string.CompareOrdinal(symbol, "S270") > 0 ? Task.Delay(Timeout.Infinite, cancel.Token).ContinueWith(_ => { }, TaskScheduler.Default)
            : Task.CompletedTask;
        Assert.ThrowsAny<OperationCanceledException>(() => t.Fetch(symbols, null, cancel: cancel.Token));
        Assert.InRange(long.Parse(t.Lake.Value("SELECT count(DISTINCT symbol) FROM bars_1d"), null), 250, 275);

        t.Server.Before = _ => Task.CompletedTask;
        var before = t.Asked().Count;
        t.Fetch(symbols);
        Assert.InRange(t.Asked().Count, 25, 50);
        whole.Fetch(symbols);

        Assert.InRange(before, 250, 275);
        Assert.Equal(whole.Lake.Bars(), t.Lake.Bars());
        Assert.Equal(whole.Fetches(), t.Fetches());
    }

    [Fact]
    public void What_was_committed_before_the_note_of_it_is_asked_for_again_to_no_effect()
    {
        using var t = new FetchLake();
        t.Server.Have(January("AAPL", 5, 6, 30));
        t.Fetch(["AAPL"], Jan1);
        var fetches = t.Fetches();
        Directory.Delete(t.Lake.At("lake", "fetches"), recursive: true); // killed between the two commits
        var result = t.Fetch(["AAPL"], Jan1);

        Assert.Equal((0, 0), (result.Added, result.Changed));
        Assert.Equal(fetches, t.Fetches());
        Assert.StartsWith("bars_1d:0 ", t.Lake.Versions());
    }

    [Fact]
    public void Intraday_bars_have_a_table_of_their_own()
    {
        using var t = new FetchLake();
        var open = Market.Day(2026, 1, 30) + (14 * 3_600_000_000L) + (30 * 60_000_000L);
        t.Server.Have(Enumerable.Range(0, 10).Select(i => Bar("SPY", open + (i * 300_000_000L), 100 + i)));
        var result = t.Fetch(["SPY"], null, interval: "5m");

        Assert.Equal(10, result.Added);
        Assert.Equal("10|2026-01-30T14:30:00Z", t.Lake.Value("SELECT count(*), min(ts) FROM bars_5m"));
        Assert.Equal(0, t.Fetch(["SPY"], null, interval: "5m").Added);
    }

    private static Bar Bar(string symbol, long ts, double close) => new(symbol, ts, close - 0.5, close + 1, close - 1, close, close * 0.9, 1000);

    private static IReadOnlyList<Bar> January(string symbol, params int[] days) => [.. days.Select(d => Bar(symbol, Market.Day(2026, 1, d), 100 + d))];
}
