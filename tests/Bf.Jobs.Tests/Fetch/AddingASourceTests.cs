using Bf.Core.Market;
using Bf.Jobs.Config;
using Bf.Jobs.Fetch;
using Bf.Sources.Example;
using Bf.Sources.Fetch;
using Bf.Sources.Http;
using Bf.Sources.Tests.Fetch;

namespace Bf.Jobs.Tests.Fetch;

/// <summary>The example of docs/adding-a-source.md, and what the catalogue promises.</summary>
public sealed class AddingASourceTests
{
    [Fact]
    public void The_page_shows_the_example_as_it_is_compiled_here()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "adding-a-source.md"));

        Assert.Contains($"```csharp\n{File.ReadAllText(Path.Combine(Repository.Root, "tests", "Bf.Jobs.Tests", "Fetch", "ExampleSource.cs"))}```\n", page);
    }

    [Theory]
    [InlineData("""[{"day":"2026-01-05","o":1,"h":2,"l":0.5,"c":1.5,"v":100},{"day":"2026-01-06","o":1,"h":2,"l":3,"c":1.5,"v":100}]""", 200, FetchState.Fetched, "2026-01-05T00:00:00Z|1.5|example", "yes")]
    [InlineData("nothing", 404, FetchState.Failed, null, "does not know X")]
    [InlineData("""[{"day":"2026-01-05","o":1}]""", 200, FetchState.Failed, null, "can't be read")]
    [InlineData("<html>", 200, FetchState.Failed, null, "can't be read")]
    public void The_example_is_a_source(string text, int status, FetchState state, string? bar, string reason)
    {
        using var lake = new TestLake();
        using var server = new FakeServer();
        server.Fail("bars/X", Fault.Text(status, text));
        using var http = new HttpGet(TimeProvider.System);
        var source = ExampleSource.Info.Make(new(_ => server.Url, _ => null, http, lake.Clock));
        var result = FetchJob.Run(lake.Lake, new(ExampleSource.Info.Name, source, ["X"], Market.Day(2026, 1, 1), null, Interval.Day, 1), "test");

        Assert.Equal(state, result.Symbols[0].State);
        Assert.Contains(reason, result.Symbols[0].Reason ?? "yes");
        Assert.Equal(bar is null ? [] : [bar], lake.Query("SELECT ts, close, source FROM bars_1d"));
        Assert.Equal(bar is null ? 0 : 1, result.Quarantined.Values.Sum()); // the rules are checked around it
    }

    [Fact]
    public void Each_source_of_the_catalogue_has_an_own_name_and_settings_that_exist()
    {
        Assert.Equal(BarSources.All.Count, BarSources.All.Select(s => s.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal("yahoo", BarSources.Of(Setting.All.Single(s => s.Name == "BF_SOURCE").Default!).Name);
        var names = Setting.All.Select(s => s.Name).ToHashSet();
        Assert.All(BarSources.All, s =>
        {
            Assert.True(s.UrlSetting is null || names.Contains(s.UrlSetting), s.UrlSetting);
            Assert.All(s.Settings, n => Assert.Contains(n, names));
            Assert.All(s.Intervals, i => Assert.Equal(i, Interval.Parse(i).Name));
            Assert.All(s.Options, o => Assert.StartsWith("--", o.Name));
            Assert.NotEmpty(s.About);
            Assert.NotEmpty(s.Needs);
        });
        Assert.Contains("yahoo, stooq, csv", Assert.Throws<FormatException>(() => BarSources.Of("yhoo")).Message);
    }
}
