using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Bf.Core.Market;
using Bf.Jobs.Tests;
using Bf.Sources;
using Bf.Sources.Exchange;
using Bf.Sources.Fetch;
using Bf.Sources.Http;
using Bf.Sources.Tests.Fetch;

namespace Bf.Worker.Tests;

/// <summary>The worker's fetch: what it tells of a source is what the source says.</summary>
public sealed class FetchTests
{
    private static readonly long Now = Market.Day(2026, 2, 1);

    [Fact]
    public void Workers_tell_what_a_made_up_market_says_bit_for_bit()
    {
        var choice = new SourceChoice("synthetic", new Dictionary<string, string>(), new Dictionary<string, string> { ["--count"] = "30", ["--years"] = "2", ["--seed"] = "5" }, new(2024, 6, 28));
        using var http = new HttpGet(TimeProvider.System);
        var source = choice.Make(http, TimeProvider.System);
        SourceRequest[] requests = [.. source.Symbols!.Select(s => new SourceRequest(s, Market.Day(2023, 1, 3), Now, Interval.Day))];
        var spec = Again(new FetchSpec(choice, Interval.Day, Now, FetchSpec.Deal(requests, 4, 6)));

        Assert.Equal([2, 2, 1, 1], spec.Shares.Select(s => s.Parallel));
        var outcomes = Collect(requests, Run(spec));

        Assert.All(requests, r => Same(source.Fetch(r, default).Result, outcomes[r.Symbol].Answer!));
        Assert.InRange(outcomes.Values.Sum(o => o.Answer!.Rows.Count), 5000, 30 * 380);
    }

    [Fact]
    public void Broken_rows_gaps_notes_and_failures_come_back_as_they_were()
    {
        using var server = new FakeServer();
        var bars = January("AAPL", 27, 28, 29, 30);
        bars[1] = bars[1] with { Low = double.NaN };
        bars[2] = new("AAPL", bars[2].Ts, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, 0);
        server.Have([.. bars, .. January("MSFT", 29, 30)]);
        server.Fail("WALL", Fault.ConsentPage);
        var requests = Requests("AAPL", "MSFT", "NOPE", "WALL");
        var outcomes = Collect(requests, Run(Yahoo(server, requests, 2)));

        var rows = outcomes["AAPL"].Answer!;
        Assert.Equal((3, 1), (rows.Rows.Count, rows.Gaps));
        Assert.Equal((2L, BarRules.UnreadableNumber, "2026-01-28,AAPL,127.5,129,,128,115.2,1000"), (rows.Rows[1].Line, rows.Rows[1].Broken, rows.Rows[1].Raw));
        Assert.Equal(bars[3], rows.Rows[2].Bar);
        Assert.Equal(2, outcomes["MSFT"].Answer!.Rows.Count);
        Assert.Equal((SourceFailure.NotFound, SourceFailure.Refused), (outcomes["NOPE"].Failure!.Failure, outcomes["WALL"].Failure!.Failure));
        Assert.Contains("does not know NOPE", outcomes["NOPE"].Failure!.Message);
    }

    [Fact]
    public void What_is_finished_goes_by_the_moment_of_the_request_and_not_by_the_executors_clock()
    {
        using var server = new FakeServer { Now = new(2026, 1, 30, 18, 0, 0, TimeSpan.Zero) };
        server.Have(January("AAPL", 29, 30));
        var requests = Requests("AAPL");
        var spec = Yahoo(server, requests, 1) with { Now = Timestamp.Of(server.Now) };

        var answer = Collect(requests, Run(spec))["AAPL"].Answer!;

        Assert.Equal((1, 1), (answer.Rows.Count, answer.Unfinished));
    }

    [Fact]
    public void All_shares_together_ask_for_no_more_at_once_than_allowed()
    {
        var requests = Requests([.. Enumerable.Range(0, 50).Select(i => $"S{i}")]);

        Assert.All(((int Shares, int Parallel)[])[(1, 1), (1, 16), (8, 3), (8, 8), (3, 8), (64, 64), (7, 1)], c =>
        {
            var shares = FetchSpec.Deal(requests, c.Shares, c.Parallel);
            Assert.Equal(c.Parallel, shares.Sum(s => s.Parallel));
            Assert.All(shares, s => Assert.True(s.Parallel > 0 && s.Patience > 0));
            Assert.Equal(requests.Select(r => r.Symbol).Order(), shares.SelectMany(s => s.Requests).Select(r => r.Symbol).Order());
            Assert.InRange(shares.Max(s => s.Requests.Count) - shares.Min(s => s.Requests.Count), 0, 1);
        });
    }

    [Fact]
    public void A_source_that_refuses_everything_is_left_alone_by_the_share_that_hears_it()
    {
        using var server = new FakeServer();
        server.Have([.. January("A", 5), .. January("C", 5)]);
        server.Fail("B", Fault.Text(200, "Exceeded the daily hits limit"));
        var requests = Requests("A", "B", "C", "D");
        var choice = new SourceChoice("stooq", new Dictionary<string, string> { ["BF_STOOQ_URL"] = server.Url, ["BF_STOOQ_APIKEY"] = "k&y" }, new Dictionary<string, string>(), null);
        var outcomes = Collect(requests, Run(Again(new FetchSpec(choice, Interval.Day, Now, FetchSpec.Deal(requests, 1, 1)))));

        Assert.Single(outcomes["A"].Answer!.Rows);
        Assert.Equal(SourceFailure.Exhausted, outcomes["B"].Failure!.Failure);
        Assert.All(["C", "D"], s => Assert.Contains("tomorrow", outcomes[s].NotAsked));
        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Targets, t => Assert.Contains("apikey=k%26y", t));
    }

    [Fact]
    public void Every_row_that_is_lost_doubled_or_changed_on_the_way_is_noticed()
    {
        using var server = new FakeServer();
        var bars = January("AAPL", 28, 29, 30);
        bars[1] = bars[1] with { Low = double.NaN };
        server.Have(bars);
        var requests = Requests("AAPL", "NOPE");
        var rows = Run(Yahoo(server, requests, 1));
        Assert.Equal(2, Collect(requests, rows).Count);

        for (var i = 0; i < rows.Count; i++)
        {
            Assert.Throws<FormatException>(() => Collect(requests, [.. rows[..i], .. rows[(i + 1)..]]));
            Assert.Throws<FormatException>(() => Collect(requests, [.. rows[..(i + 1)], .. rows[i..]]));
            // a row says what its kind has to say; the other fields are not looked at
            var said = rows[i][0] == FetchRow.Reading ? Enumerable.Range(0, 17) : Enumerable.Range(0, 18).Except(Enumerable.Range(5, 6));
            foreach (var c in said)
            {
                string[] changed = [.. rows[i]];
                changed[c] = changed[c] == @"\N" ? (c is 0 or 1 or 12 or 13 ? "eA==" : "1") : @"\N"; // as where a field could not be read
                Assert.ThrowsAny<FormatException>(() => Collect(requests, [.. rows[..i], changed, .. rows[(i + 1)..]]));
            }
        }
    }

    [Fact]
    public async Task No_symbol_is_asked_for_before_there_is_leave_for_it()
    {
        using var server = new FakeServer();
        server.Have(Enumerable.Range(0, 9).SelectMany(i => January($"S{i}", 29, 30)));
        var requests = Requests([.. server.Bars.Keys]);
        var pipe = new Pipe();
        using var input = pipe.Reader.AsStream();
        using var output = new MemoryStream();
        var run = Task.Run(() => FetchFilter.Run(Yahoo(server, requests, 1), new LineReader(input), new RowWriter(output)));
        await pipe.Writer.WriteAsync("0\t.\n0\t.\n0\t.\n"u8.ToArray());
        await Task.WhenAny(run, Task.Delay(700));

        Assert.Equal(3, server.Requests.Count);
        await pipe.Writer.CompleteAsync(); // as when Spark ends the task
        Assert.Contains("not all symbols", (await Assert.ThrowsAsync<LineException>(() => run)).Message);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData("1\t.\n", "line 1: there is no share 1")]
    [InlineData("0\t.\n-1\t.\n", "line 2: there is no share -1")]
    [InlineData("0\t.\n0\t.\n", "line 2: share 0 has no more symbols")]
    [InlineData("0\n", "line 1: it ends before the field leave")]
    [InlineData("x\t.\n", "line 1: share is 'x'")]
    public void A_line_that_is_no_share_is_named(string lines, string says)
    {
        using var server = new FakeServer();

        Assert.StartsWith(says, Assert.Throws<LineException>(() => Run(Yahoo(server, Requests("NOPE"), 1), lines)).Message);
    }

    [Theory]
    [InlineData("bf-scan 1\n", "begins with 'bf-scan 1'")]
    [InlineData("bf-fetch 1\nsource\tyahoo\n", "no interval")]
    [InlineData("bf-fetch 1\nsource\tyahoo\ninterval\t1d\nsymbol\tA\t\t5\n", "line 4")]
    [InlineData("bf-fetch 1\nsource\tyahoo\ninterval\t1w\n", "line 3")]
    [InlineData("bf-fetch 1\nsetting\tBF_STOOQ_APIKEY\tsecret\tsecret\n", "line 2 is not")]
    public void What_to_fetch_of_another_form_is_refused_without_telling_a_key(string text, string says)
    {
        using var reader = new StringReader(text);
        var error = Assert.Throws<FormatException>(() => FetchSpec.Parse(reader)).Message;

        Assert.Contains(says, error);
        Assert.DoesNotContain("secret", error);
    }

    [Fact]
    public void A_value_that_would_end_its_line_is_refused_without_telling_it()
    {
        var choice = new SourceChoice("stooq", new Dictionary<string, string> { ["BF_STOOQ_APIKEY"] = "secret\nshare" }, new Dictionary<string, string>(), null);
        var error = Assert.Throws<FormatException>(() => new FetchSpec(choice, Interval.Day, Now, []).ToText()).Message;

        Assert.Contains("BF_STOOQ_APIKEY", error);
        Assert.DoesNotContain("secret", error);
    }

    private static FetchSpec Yahoo(FakeServer server, SourceRequest[] requests, int shares) =>
        Again(new(new("yahoo", new Dictionary<string, string> { ["BF_YAHOO_URL"] = server.Url }, new Dictionary<string, string>(), null), Interval.Day, Now, FetchSpec.Deal(requests, shares, shares)));

    /// <summary>The same after a way as text.</summary>
    private static FetchSpec Again(FetchSpec spec)
    {
        using var text = new StringReader(spec.ToText());
        return FetchSpec.Parse(text);
    }

    /// <summary>What workers write, one for each share.</summary>
    private static List<string[]> Run(FetchSpec spec, string? lines = null)
    {
        List<string[]> rows = [];
        foreach (var task in lines is null ? spec.Shares.Select((share, i) => string.Concat(Enumerable.Repeat($"{i}\t.\n", share.Requests.Count))) : [lines])
        {
            using var input = new MemoryStream(Encoding.UTF8.GetBytes(task));
            using var output = new MemoryStream();
            FetchFilter.Run(spec, new LineReader(input), new RowWriter(output));
            rows.AddRange(Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')));
        }

        return rows;
    }

    private static Dictionary<string, FetchOutcome> Collect(SourceRequest[] requests, IEnumerable<string[]> rows)
    {
        var collector = new FetchCollector(requests.Select(r => r.Symbol));
        var outcomes = new Dictionary<string, FetchOutcome>();
        foreach (var row in rows)
        {
            if (collector.Add(Row(row)) is { } outcome)
            {
                outcomes.Add(outcome.Symbol, outcome);
            }
        }

        collector.End();
        return outcomes;
    }

    private static FetchRow Row(string[] f)
    {
        Assert.Equal(FetchRow.Columns.Split(',').Length, f.Length);
        return new(Text(0) ?? "", Text(1) ?? "", Long(2) ?? -1)
        {
            Line = Long(3),
            Bar = Long(4) is { } ts ? new Bar("", ts, Real(5), Real(6), Real(7), Real(8), Real(9), Long(10) ?? long.MinValue) : null,
            Flags = Long(11), Rule = Text(12), Text = FetchRow.Decode(Text(13)), Gaps = Long(14), Unfinished = Long(15), AskAgain = Long(16), Digest = Long(17),
        };

        string? Text(int c) => f[c] == @"\N" ? null : f[c];
        long? Long(int c) => Text(c) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
        double Real(int c) => Text(c) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : double.NaN;
    }

    private static void Same(SourceAnswer expected, SourceAnswer actual)
    {
        Assert.Equal(expected.Rows, actual.Rows);
        Assert.Equal((expected.Gaps, expected.Unfinished, expected.AskAgain, expected.Note), (actual.Gaps, actual.Unfinished, actual.AskAgain, actual.Note));
    }

    private static SourceRequest[] Requests(params string[] symbols) => [.. symbols.Select(s => new SourceRequest(s, null, Now, Interval.Day))];

    private static List<Bar> January(string symbol, params int[] days) =>
        [.. days.Select(d => new Bar(symbol, Market.Day(2026, 1, d), 99.5 + d, 101 + d, 99 + d, 100 + d, (100 + d) * 0.9, 1000))];
}
