using Bf.Core.Market;
using Bf.Jobs.Inventory;
using Bf.Jobs.Universes;

namespace Bf.Jobs.Tests.Universes;

public sealed class SurvivorshipTests
{
    [Fact]
    public void Every_symbol_of_the_lake_is_as_free_of_survivorship_as_the_data()
    {
        using var lake = new TestLake();
        Assert.EndsWith("as free of survivorship as the data; there are no bars yet", Of(lake, Universe.All).Text, StringComparison.Ordinal);

        lake.ImportText(Bars("A", "2023-01-02", "2023-06-30") + Rows("B", "2023-01-02", "2023-06-23"));
        Assert.False(Of(lake, Universe.All).PointInTime);
        Assert.EndsWith("all 2 symbols have bars to the end: nothing that was delisted is there, so history looks better here than it was, returns above all", Of(lake, Universe.All).Text, StringComparison.Ordinal);

        lake.ImportText(Bars("C", "2023-01-02", "2023-06-22"));
        Assert.EndsWith("1 of 3 symbols ends before the last date, as delisted ones do; others that were delisted may be missing", Of(lake, Universe.All).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_without_dates_is_not_point_in_time()
    {
        using var lake = new TestLake();
        lake.ImportText(Bars("A", "2023-01-02", "2023-06-30"));
        var survivorship = Of(lake, Universe.Of("mine", ["A", "B", "C"]));

        Assert.False(survivorship.PointInTime);
        Assert.StartsWith("not point-in-time: its 3 symbols, 1 of them in the lake, are counted on every date, also before the choice was made; ", survivorship.Text, StringComparison.Ordinal);
        Assert.StartsWith("not point-in-time: its symbol is counted on every date", Of(lake, Universe.Of("A", ["A"])).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_with_dates_is_point_in_time_as_far_as_the_lake_has_its_members()
    {
        using var lake = new TestLake();
        lake.ImportText(Bars("A", "2023-01-02", "2023-06-30"));
        var gone = ("B", new Membership(long.MinValue, Market.Day(2023, 3, 1)));

        Assert.Equal(new(true, "point-in-time: on each date only that date's members are counted; the lake has bars of 1 of the 2 that ever belonged, and what the others did is missing"),
            Of(lake, Universe.Of("mine", [("A", Membership.Always), gone])));
        lake.ImportText(Bars("B", "2023-01-02", "2023-02-28"));
        Assert.Equal(new(true, "point-in-time: on each date only that date's members are counted; the lake has bars of all 2 that ever belonged"),
            Of(lake, Universe.Of("mine", [("A", Membership.Always), gone])));
    }

    [Fact]
    public void Official_counts_were_made_on_their_dates()
    {
        using var lake = new TestLake();
        lake.ImportCounts("date,advances,declines\n2023-01-02,1,2\n", "nyse.csv");

        Assert.True(Of(lake, Universe.OfCounts("nyse")).PointInTime);
    }

    [Fact]
    public void The_last_bars_tell_who_is_there_and_who_ended()
    {
        using var lake = new TestLake();
        Assert.Equal((0, 0, null), (SymbolEnds.Read(lake.Lake, Interval.Day).Count, SymbolEnds.Read(lake.Lake, Interval.Day).Ended, SymbolEnds.Read(lake.Lake, Interval.Day).LastTs));
        lake.ImportText(Bars("A", "2023-01-02", "2023-06-30") + Rows("B", "2023-01-02"));
        var ends = SymbolEnds.Read(lake.Lake, Interval.Day);

        Assert.Equal((2, 1, Market.Day(2023, 6, 30)), (ends.Count, ends.Ended, ends.LastTs));
        Assert.True(ends.Has("B"));
        Assert.False(ends.Has("C"));
    }

    private static Survivorship Of(TestLake lake, Universe universe) => Survivorship.Of(lake.Lake, universe, Interval.Day);

    private static string Bars(string symbol, params string[] dates) => "Symbol,Date,Open,High,Low,Close,Volume\n" + Rows(symbol, dates);

    private static string Rows(string symbol, params string[] dates) => string.Concat(dates.Select(d => $"{symbol},{d},1,1,1,1,100\n"));
}
