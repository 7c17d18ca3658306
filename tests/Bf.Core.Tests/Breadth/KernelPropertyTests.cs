using Bf.Core.Breadth;
using Bf.Core.Market;
using FsCheck.Fluent;

namespace Bf.Core.Tests.Breadth;

public sealed class KernelPropertyTests
{
    [Theory, MemberData(nameof(Kernels.AllForms), MemberType = typeof(Kernels))]
    public void Every_form_counts_what_the_definitions_say(KernelForm form) =>
        Properties.Hold(RandomMarket.Any, market =>
        {
            var (bars, universes) = (market.Bars, market.Universes);
            Kernels.Equal([.. universes.Select(u => Definition.Tally(bars, u))], Kernels.Tallies(bars, universes, form));
        }, 50);

    [Theory, MemberData(nameof(Kernels.AllForms), MemberType = typeof(Kernels))]
    public void A_history_longer_than_a_slice_counts_the_same(KernelForm form)
    {
        var market = new RandomMarket(11, 3, 9_000);
        Kernels.Equal([.. market.Universes.Select(u => Definition.Tally(market.Bars, u))], Kernels.Tallies(market.Bars, market.Universes, form));
    }

    [Fact]
    public void More_symbols_than_a_counter_holds_are_counted()
    {
        var bars = new RandomMarket(5, 700, 30).Bars;
        Kernels.Equal(Definition.Tally(bars, Universe.All), Kernels.Tally(bars));
    }

    [Fact]
    public void The_tally_of_a_union_is_the_sum_of_the_tallies() =>
        Properties.Hold(RandomMarket.Any, market =>
        {
            var random = new Random(market.Seed);
            var parts = market.Bars.GroupBy(_ => random.Next(3)).Select(part => Kernels.Tallies(part, market.Universes));
            var sum = parts.Aggregate(
                (BreadthTally[])[.. market.Universes.Select(_ => BreadthTally.Empty)],
                (a, b) => [.. a.Zip(b, BreadthTally.Add)]);
            Kernels.Equal(Kernels.Tallies(market.Bars, market.Universes), sum);
        });

    [Fact]
    public void The_order_of_symbols_does_not_matter() =>
        Properties.Hold(RandomMarket.Any, market =>
        {
            var shuffled = market.Bars;
            new Random(market.Seed).Shuffle(shuffled);
            Kernels.Equal(Kernels.Tallies(market.Bars, market.Universes), Kernels.Tallies(shuffled, market.Universes));
        });

    [Theory, MemberData(nameof(Kernels.AllForms), MemberType = typeof(Kernels))]
    public void Going_on_from_a_stored_state_gives_what_a_full_run_gives(KernelForm form) =>
        Properties.Hold(RandomMarket.Any, market =>
        {
            var random = new Random(market.Seed);
            var universes = market.Universes;
            var sum = universes.Select(_ => BreadthTally.Empty).ToArray();
            var full = new BreadthKernel(universes, form);
            foreach (var bars in market.Bars)
            {
                full.Add(bars);
                SymbolState? state = null;
                for (var at = 0; at < bars.Ts.Length;)
                {
                    var to = at + 1 + random.Next(random.Next(2) == 0 ? 3 : bars.Ts.Length - at);
                    to = Math.Min(to, bars.Ts.Length);
                    var kernel = new BreadthKernel(universes, form);
                    kernel.Add(bars.Slice(at, to), state);
                    var after = kernel.State();
                    state = SymbolState.Decode(after.LastTs, after.Bars, after.Encode());
                    sum = [.. sum.Select((s, u) => BreadthTally.Add(s, kernel.Tally(u)))];
                    at = to;
                }

                Assert.Equal((full.State().LastTs, full.State().Bars), (state!.LastTs, state.Bars));
                Assert.Equal(full.State().Ticks, state.Ticks);
            }

            Kernels.Equal([.. universes.Select((_, u) => full.Tally(u))], sum);
        });

    [Fact]
    public void A_tally_may_be_taken_at_any_time()
    {
        var bars = new RandomMarket(3, 6, 300).Bars;
        var kernel = new BreadthKernel([Universe.All]);
        for (var s = 0; s < bars.Length; s++)
        {
            kernel.Add(bars[s]);
            Kernels.Equal(Kernels.Tally(bars[..(s + 1)]), kernel.Tally(0));
        }
    }

    [Theory, MemberData(nameof(Kernels.AllForms), MemberType = typeof(Kernels))]
    public void Prices_become_ticks_exactly(KernelForm form) =>
        Properties.Hold(Gen.Choose(0, int.MaxValue), seed =>
        {
            var random = new Random(seed);
            double[] prices = [.. Enumerable.Range(0, 40).Select(_ => Price(random))];
            var kernel = new BreadthKernel([Universe.All], form);
            kernel.Add(Kernels.Bars("X", prices));
            Assert.Equal(prices.Select(Rounded), kernel.State().Ticks);
            Assert.Equal(prices.Select(Rounded), prices.Select(Ticks.FromPrice));
        }, 300);

    // Near halves, where rounding goes wrong, in every magnitude.
    private static double Price(Random random)
    {
        var half = (random.NextInt64(1L << random.Next(1, random.Next(3) == 0 ? 55 : 50)) + 0.5) / 1e6;
        var near = random.Next(3) switch { 0 => half, 1 => Math.BitIncrement(half), _ => Math.BitDecrement(half) };
        return Math.Min(Ticks.MaxPrice, Math.Max(near, 0.0000005));
    }

    private static long Rounded(double price)
    {
        var product = price * 1e6;
        return (long)Math.Floor(product) + (product - Math.Floor(product) >= 0.5 ? 1 : 0);
    }
}
