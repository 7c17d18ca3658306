using Bf.Core.Breadth;
using Bf.Core.Market;

namespace Bf.Jobs.Tests.Generate;

/// <summary>A run says which of the dates that it writes have too few symbols.</summary>
public sealed class ThinDateTests
{
    private static readonly long[] Dates = Market.Weekdays(120);

    [Fact]
    public void A_run_names_the_thin_dates_that_it_writes_and_an_increment_only_its_own()
    {
        using var lake = new TestLake();
        var bars = Market.Random(10, 120).Where(b => !(b.Ts == Dates[80] && b.Symbol != "S00") && !(b.Ts == Dates[119] && b.Symbol is ("S01" or "S02" or "S03"))).ToList();
        lake.Import(bars.Where(b => b.Ts < Dates[100]));
        Assert.Equal([new ThinDate(Dates[80], 1, 10)], lake.Generate().Thin);

        lake.Import(bars.Where(b => b.Ts >= Dates[100] && b.Ts < Dates[119]));
        Assert.Empty(lake.Generate().Thin);
        lake.Import(bars.Where(b => b.Ts == Dates[119]));
        Assert.Equal([new ThinDate(Dates[119], 7, 10)], lake.Generate().Thin);
        Assert.Empty(lake.Generate().Thin);

        Assert.Equal([Dates[80], Dates[119]], lake.Generate(force: true).Thin.Select(d => d.Ts));
        Assert.Equal([Dates[80]], lake.Generate(from: Dates[70], to: Dates[90], force: true).Thin.Select(d => d.Ts));
    }

    [Fact]
    public void A_universe_is_judged_by_its_own_members()
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(10, 120).Where(b => b.Ts != Dates[80] || b.Symbol == "S01"));

        Assert.Empty(lake.Generate(Universe.Of("one", ["S01"])).Thin);
        Assert.Equal(new ThinDate(Dates[80], 1, 2), Assert.Single(lake.Generate(Universe.Of("two", ["S01", "S02"])).Thin));
    }
}
