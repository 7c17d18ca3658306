using Bf.Core.Market;
using Bf.Jobs.Maintenance;

namespace Bf.Jobs.Tests.Maintenance;

/// <summary>After an edit of a symbol the lake is one in which its bars never had another name, or never came.</summary>
public sealed class SymbolEditTests
{
    private static readonly List<Bar> Bars = Market.Random(6, 290);
    private static readonly long Middle = Market.Weekdays(290)[150];

    [Theory]
    [InlineData("rename")]
    [InlineData("rename from the middle")]
    [InlineData("rename onto a symbol whose bars end where these begin")]
    [InlineData("delete")]
    public void Results_are_those_of_a_lake_that_got_the_bars_so(string edit)
    {
        var bars = edit.Contains("onto", StringComparison.Ordinal) ? Bars.Where(b => (b.Symbol != "S05" || b.Ts < Middle) && (b.Symbol != "S02" || b.Ts >= Middle)).ToList() : Bars;
        using var lake = new TestLake();
        lake.Import(bars);
        lake.Generate();
        var expected = edit switch
        {
            "rename" => Edit(null, "META"),
            "rename from the middle" => Edit(Middle, "META"),
            "delete" => Delete(),
            _ => Edit(null, "S05"),
        };
        lake.Generate();

        using var fresh = new TestLake();
        fresh.Import(expected);
        fresh.Generate();
        Assert.Equal(fresh.Bars(), lake.Bars());
        Assert.Equal(fresh.Results(withState: true), lake.Results(withState: true));
        Assert.True(TableCheck.Run(lake.Lake, []).All(t => t.Sound));
        Assert.Equal(1, lake.Lake.Bars(Interval.Day).Load().Version); // one commit

        List<Bar> Edit(long? from, string to)
        {
            var changed = bars.Count(b => b.Symbol == "S02" && b.Ts >= (from ?? 0));
            Assert.Equal(changed, new SymbolEdit(lake.Lake, Interval.Day, "S02", from).Rename(to, "test").Bars);
            return [.. bars.Select(b => b.Symbol == "S02" && b.Ts >= (from ?? 0) ? b with { Symbol = to } : b)];
        }

        List<Bar> Delete()
        {
            new SymbolEdit(lake.Lake, Interval.Day, "S02").Delete("test");
            return [.. bars.Where(b => b.Symbol != "S02")];
        }
    }

    [Fact]
    public void A_symbol_that_has_bars_of_the_same_dates_is_not_overwritten()
    {
        using var lake = new TestLake();
        lake.Import(Bars.Take(60));
        var (versions, bars) = (lake.Versions(), lake.Bars());

        var message = Assert.Throws<JobException>(() => new SymbolEdit(lake.Lake, Interval.Day, "S01").Rename("S02", "test")).Message;
        Assert.Contains("S02 has bars of its own on 10 of the same dates, the first on 2022-12-01", message);
        Assert.Equal(bars, lake.Bars());
        Assert.Equal(versions.Replace("runs:0", "runs:1", StringComparison.Ordinal), lake.Versions()); // the failure is noted
        Assert.Empty(TableCheck.Run(lake.Lake, []).SelectMany(t => t.Findings)); // and nothing lies about
    }

    [Theory]
    [InlineData("NONE", null)]
    [InlineData("S01", 400)]
    public void A_symbol_without_bars_is_said_to_have_none(string symbol, int? fromDay)
    {
        using var lake = new TestLake();
        lake.Import(Bars.Take(60));
        var edit = new SymbolEdit(lake.Lake, Interval.Day, symbol, fromDay is { } days ? Bars[0].Ts + (days * Timestamp.Day) : null);

        Assert.Contains($"has no bars of {symbol}", Assert.Throws<JobException>(edit.Find).Message);
        Assert.Throws<JobException>(() => edit.Delete("test"));
    }

    [Fact]
    public void What_was_deleted_or_renamed_comes_back()
    {
        using var lake = new TestLake();
        lake.Import(Bars.Take(60));
        var before = lake.Bars();
        var renamed = new SymbolEdit(lake.Lake, Interval.Day, "S01").Rename("X", "test").Run;
        new SymbolEdit(lake.Lake, Interval.Day, "S02").Delete("test");

        Assert.Equal(2, TableRestore.BeforeRun(lake.Lake, renamed, false, "test").Tables[0].Undone.Count);
        Assert.Equal(before, lake.Bars());
    }

    [Fact]
    public void Files_without_the_symbol_stay_as_they_are()
    {
        using var lake = new TestLake();
        lake.Import(Bars.Where(b => b.Ts < Market.Day(2023, 1, 1)));
        lake.Import(Bars.Where(b => b.Ts >= Market.Day(2023, 1, 1) && b.Symbol != "S02"));
        var history = new SymbolEdit(lake.Lake, Interval.Day, "S02").Rename("X", "test") is var _ ? TableHistory.Read(lake.Lake, "bars_1d", 1) : [];

        Assert.Equal((1, 1, "RENAME"), (history[0].FilesAdded, history[0].FilesRemoved, history[0].Operation));
    }
}
