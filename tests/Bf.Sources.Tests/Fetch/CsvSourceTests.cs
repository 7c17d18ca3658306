using Bf.Core.Market;
using Bf.Sources.Fetch;
using Bf.Sources.Http;

namespace Bf.Sources.Tests.Fetch;

public sealed class CsvSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bf-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("AAPL.csv", "date,open,high,low,close,volume\n2026-01-05,1,2,0.5,1.5,100\n")]
    [InlineData("aapl.csv", "date,symbol,open,high,low,close,volume\n2026-01-05,AAPL,1,2,0.5,1.5,100\n2026-01-05,MSFT,1,2,0.5,1.5,100\n2020-01-05,AAPL,1,2,0.5,1.5,100\n")]
    public async Task A_file_gives_the_bars_of_its_symbol_in_the_range(string name, string text)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, name), text, TestContext.Current.CancellationToken);

        Assert.Equal(new Bar("AAPL", Asking.Day(2026, 1, 5), 1, 2, 0.5, 1.5, 1.5, 100), Assert.Single((await Ask("{symbol}.csv")).Rows).Bar);
    }

    [Fact]
    public async Task A_row_of_nothing_but_null_is_a_gap()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "AAPL.csv"), "Date,Open,High,Low,Close,Adj Close,Volume\n2026-01-05,1,2,0.5,1.5,1.5,100\n2026-01-06,null,null,null,null,null,null\n2025-01-06,null,null,null,null,null,null\n", TestContext.Current.CancellationToken);
        var answer = await Ask("{symbol}.csv");

        Assert.Equal((1, 1), (answer.Rows.Count, answer.Gaps));
    }

    [Fact]
    public async Task A_server_may_have_the_files()
    {
        using var server = new FakeServer();
        server.Have(Asking.January("BRK.B", 5, 6));

        Assert.Equal([105, 106], (await Asking.Ask(server, "csv", "BRK.B")).Rows.Select(r => r.Bar.Close));
        Assert.Equal("/BRK.B", server.Requests.Single());
    }

    [Theory]
    [InlineData("AAPL")]
    [InlineData("../AAPL")]
    public async Task A_file_that_is_not_there_is_named(string symbol)
    {
        var failure = await Assert.ThrowsAsync<SourceException>(() => Ask("{symbol}.csv", symbol));

        Assert.Equal(SourceFailure.NotFound, failure.Failure);
        Assert.Contains(symbol, failure.Message);
    }

    [Theory]
    [InlineData(null, "--from 'dir/{symbol}.csv'")]
    [InlineData("dir", "{symbol}")]
    [InlineData("http://[/{symbol}", "no web address")]
    public void A_place_that_leads_nowhere_is_wrong_usage(string? from, string words)
    {
        using var http = new HttpGet(TimeProvider.System);
        Assert.Contains(words, Assert.Throws<FormatException>(() => BarSources.Of("csv").Make(new(_ => null, _ => from, http, TimeProvider.System))).Message);
    }

    private async Task<SourceAnswer> Ask(string template, string symbol = "AAPL")
    {
        using var http = new HttpGet(TimeProvider.System);
        var source = BarSources.Of("csv").Make(new(_ => null, _ => Path.Combine(_folder, template), http, TimeProvider.System));
        return await source.Fetch(new(symbol, Asking.Day(2026, 1, 1), Asking.Day(2026, 2, 1), Interval.Day), TestContext.Current.CancellationToken);
    }
}
