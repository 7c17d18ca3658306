using Bf.Core.Breadth.Further;
using Bf.Core.Market;
using FsCheck.Fluent;

namespace Bf.Core.Tests.Breadth.Further;

public sealed class FurtherKernelTests
{
    [Fact]
    public void Every_indicator_counts_what_its_definition_says() =>
        Properties.Hold(RandomMarket.Any, market => EqualsDefinition(market, FurtherSet.Resolve("all")), 25);

    [Fact]
    public void Any_length_counts_what_its_definition_says() =>
        Properties.Hold(
            from market in RandomMarket.Any.Generator
            from n in Gen.OneOf(Gen.Choose(2, 9), Gen.Choose(2, 400))
            select (market, n),
            x => EqualsDefinition(x.market, OfLength(x.n)),
            25);

    [Theory]
    [InlineData(Ticks.MaxPrice)]
    [InlineData(9_223_372_036.0)] // a thousand of them are nearly 2^63 ticks
    public void The_longest_window_of_the_dearest_prices_is_summed_exactly(double price)
    {
        double[] prices = [.. Enumerable.Range(0, 1200).Select(i => Math.Min(Ticks.MaxPrice, price - 3 + (i % 7)))];
        var bars = new[] { FullBars.Of("A", prices), FullBars.Of("B", [.. prices.Reverse()]) };
        EqualsDefinition(bars, [Universe.All], OfLength(1000));
    }

    [Fact]
    public void Histories_in_parts_by_symbol_add_up_in_any_order() =>
        Properties.Hold(RandomMarket.Any, market =>
        {
            var (set, universes) = (FurtherSet.Resolve("all,nh3"), market.Universes);
            var bars = FullBars.Of(market);
            var dates = FullBars.Dates(bars);
            var random = new Random(market.Seed);
            var shuffled = bars.ToArray();
            random.Shuffle(shuffled);
            FurtherKernel[] parts = [.. shuffled.GroupBy(_ => random.Next(3)).Select(part => FullBars.Kernel(part, universes, set))];
            var sum = new FurtherKernel(universes, set);
            foreach (var part in parts)
            {
                sum.Merge(part);
            }

            var whole = FullBars.Kernel(bars, universes, set);
            AssertEqual(universes.Length, u => whole.Counts(u, dates), u => sum.Counts(u, dates));
        });

    [Fact]
    public void Symbols_that_change_names_change_no_count_of_all() =>
        Properties.Hold(RandomMarket.Any, market =>
        {
            var set = FurtherSet.Resolve("all");
            var bars = FullBars.Of(market);
            var dates = FullBars.Dates(bars);
            var renamed = bars.Select((b, i) => b with { Symbol = bars[(i + 1) % bars.Length].Symbol });
            AssertEqual(
                1,
                u => FullBars.Kernel(bars, [Universe.All], set).Counts(u, dates),
                u => FullBars.Kernel(renamed, [Universe.All], set).Counts(u, dates));
        });

    [Fact]
    public void Counts_at_a_date_use_nothing_after_it() =>
        Properties.Hold(RandomMarket.Any, market =>
        {
            var (set, universes) = (FurtherSet.Resolve("all,nh2_hl,pct_above_ema5"), market.Universes);
            var bars = FullBars.Of(market);
            var dates = FullBars.Dates(bars);
            var cut = dates[new Random(market.Seed).Next(dates.Length)];
            long[] before = [.. dates.Where(d => d < cut)];
            var (whole, past) = (FullBars.Kernel(bars, universes, set), FullBars.Kernel(bars.Select(b => b.Before(cut)), universes, set));
            AssertEqual(universes.Length, u => past.Counts(u, before), u => whole.Counts(u, before));
        });

    [Fact]
    public void Counts_are_given_for_the_dates_asked_for()
    {
        var kernel = FullBars.Kernel([FullBars.Of("A", [1, 2, 3])], [Universe.All], FurtherSet.Resolve("nh2"));
        const long day = 86_400_000_000;
        var counts = kernel.Counts(0, [-day, day, day + 1, 9 * day]);
        Assert.Equal(["elig2", "nh2", "nl2"], counts.Select(c => c.Name));
        Assert.Equal([0, 1, 0, 0], counts[1].Values);
    }

    [Fact]
    public void Columns_that_nothing_reads_may_be_empty()
    {
        var kernel = new FurtherKernel([Universe.All], FurtherSet.Resolve("nh2,pct_above_sma2"));
        kernel.Add("A", [0, 1], [1.0, 2.0], [], [], []);
        Assert.Equal([0, 1], Assert.Single(kernel.Counts(0, [0, 1]), c => c.Name == "nh2").Values);
    }

    [Theory]
    [InlineData("points", new double[] { })]
    [InlineData("nh2_hl", new double[] { 1 })]
    public void Columns_that_are_read_must_be_there(string name, double[] close)
    {
        var kernel = new FurtherKernel([Universe.All], FurtherSet.Resolve(name));
        var e = Assert.Throws<ArgumentException>(() => kernel.Add("ABC", [0, 1], [1.0, 2.0], close, [], []));
        Assert.Contains("ABC", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_that_do_not_ascend_and_prices_that_are_none_are_refused_by_name()
    {
        var set = FurtherSet.Resolve("nh2");
        var e = Assert.Throws<ArgumentException>(() => new FurtherKernel([Universe.All], set).Add("ABC", [1, 0], [1.0, 2.0], [], [], []));
        Assert.Contains("ABC", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => new FurtherKernel([Universe.All], set).Add("ABC", [0, 1], [1.0, double.NaN], [], [], []));
        Assert.Contains("ABC", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_of_other_sets_or_universes_do_not_merge()
    {
        var kernel = new FurtherKernel([Universe.All], FurtherSet.Resolve("nh2"));
        Assert.Throws<ArgumentException>(() => kernel.Merge(new([Universe.All], FurtherSet.Resolve("nh3"))));
        Assert.Throws<ArgumentException>(() => kernel.Merge(new([Universe.Of("some", ["A"])], FurtherSet.Resolve("nh2"))));
    }

    [Fact]
    public void Points_that_do_not_fit_64_bits_are_refused()
    {
        var kernel = new FurtherKernel([Universe.All], FurtherSet.Resolve("points"));
        double[] prices = [0.000001, Ticks.MaxPrice];
        var e = Assert.Throws<OverflowException>(() =>
        {
            for (var s = 0; s < 300; s++)
            {
                kernel.Add($"S{s}", [0, 1], prices, prices, [], []);
            }
        });
        Assert.Contains("points_up", e.Message, StringComparison.Ordinal);
    }

    private static FurtherSet OfLength(int n) =>
        FurtherSet.Resolve(string.Join(',', FurtherIndicators.Families.Select(f => f.OfLength(n)?.Name).OfType<string>()));

    private static void EqualsDefinition(RandomMarket market, FurtherSet set) => EqualsDefinition(FullBars.Of(market), market.Universes, set);

    private static void EqualsDefinition(FullBars[] bars, Universe[] universes, FurtherSet set)
    {
        var dates = FullBars.Dates(bars);
        var kernel = FullBars.Kernel(bars, universes, set);
        AssertEqual(
            universes.Length,
            u => [.. set.Counts.Select(name => new Bf.Core.Breadth.FurtherCount(name, FurtherDefinition.Count(name, bars, universes[u], dates)))],
            u => kernel.Counts(u, dates));
    }

    private static void AssertEqual(int universes, Func<int, Bf.Core.Breadth.FurtherCount[]> expected, Func<int, Bf.Core.Breadth.FurtherCount[]> actual)
    {
        for (var u = 0; u < universes; u++)
        {
            foreach (var (e, a) in expected(u).Zip(actual(u)))
            {
                Assert.Equal(e.Name, a.Name);
                var at = e.Values.AsSpan().CommonPrefixLength(a.Values);
                Assert.True(
                    at == e.Values.Length && at == a.Values.Length,
                    at == e.Values.Length ? "" : $"{e.Name} of universe {u} at {at}: expected {e.Values[at]}, got {a.Values[at]}");
            }
        }
    }
}
