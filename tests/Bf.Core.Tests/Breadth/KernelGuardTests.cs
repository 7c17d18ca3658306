using Bf.Core.Breadth;
using Bf.Core.Market;

namespace Bf.Core.Tests.Breadth;

public sealed class KernelGuardTests
{
    public static TheoryData<KernelForm, double> BadPrices =>
        [.. from form in Kernels.Forms
            from price in (double[])[0, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 4e-7, 36_000_000_001, 1e300]
            select (form, price)];

    [Theory, MemberData(nameof(BadPrices))]
    public void A_price_out_of_range_is_refused_wherever_it_stands(KernelForm form, double price)
    {
        foreach (var at in (int[])[0, 5, 30, 36])
        {
            double[] prices = [.. Enumerable.Range(0, 37).Select(i => i == at ? price : 10.0)];
            var error = Assert.Throws<ArgumentException>(() => Kernels.Tally([Kernels.Bars("XYZ", prices)], form));
            Assert.Contains("XYZ", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Kernels.AllForms), MemberType = typeof(Kernels))]
    public void The_largest_price_is_counted_exactly(KernelForm form)
    {
        var bars = Kernels.Bars("A", Enumerable.Range(0, 300).Select(i => Ticks.MaxPrice - (i % 3)));
        Kernels.Equal(Definition.Tally([bars], Universe.All), Kernels.Tally([bars], form));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    public void Times_must_ascend(long first, long second)
    {
        var kernel = new BreadthKernel([Universe.All]);
        kernel.Add(Kernels.Bars("OTHER", [1, 2, 3, 4]));
        var error = Assert.Throws<ArgumentException>(() => kernel.Add("XYZ", null, [first, second], [1, 1], [1, 1]));
        Assert.Contains("XYZ: the bar of 1970-01-01 00:00:00", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_must_ascend_across_slices_too()
    {
        long[] ts = [.. Enumerable.Range(0, 5000)];
        ts[4096] = 4095;
        Assert.Throws<ArgumentException>(() => new BreadthKernel([Universe.All]).Add("A", null, ts, [.. ts.Select(_ => 1.0)], ts));
    }

    [Fact]
    public void Bars_must_come_after_the_state() =>
        Assert.Throws<ArgumentException>(() => new BreadthKernel([Universe.All]).Add("A", new(5, 1, [1]), [5], [1], [1]));

    [Fact]
    public void A_state_must_hold_the_ticks_of_its_bars()
    {
        var kernel = new BreadthKernel([Universe.All]);
        Assert.Throws<ArgumentException>(() => kernel.Add("A", new(5, 3, [1, 1]), [6], [1], [1]));
        Assert.Throws<ArgumentException>(() => kernel.Add("A", new(5, 1, [0]), [6], [1], [1]));
        Assert.Throws<ArgumentException>(() => kernel.Add("A", new(5, 0, []), [6], [1], [1]));
    }

    [Fact]
    public void Spans_must_have_one_length() =>
        Assert.Throws<ArgumentException>(() => new BreadthKernel([Universe.All]).Add("A", null, [1, 2], [1], [1, 1]));

    [Fact]
    public void Without_a_bar_there_is_no_state() =>
        Assert.Throws<InvalidOperationException>(() => new BreadthKernel([Universe.All]).State());

    [Theory, MemberData(nameof(Kernels.AllForms), MemberType = typeof(Kernels))]
    public void A_negative_volume_is_refused(KernelForm form)
    {
        foreach (var at in (int[])[0, 9, 18])
        {
            long[] volumes = [.. Enumerable.Range(0, 19).Select(i => i == at ? -1L : 1)];
            Assert.Throws<ArgumentException>(() => Kernels.Tally([Kernels.Bars("A", Enumerable.Repeat(1.0, 19), volumes)], form));
        }
    }

    [Theory, MemberData(nameof(Kernels.AllForms), MemberType = typeof(Kernels))]
    public void Volumes_that_do_not_fit_64_bits_are_refused_with_their_date(KernelForm form)
    {
        long[] volumes = [0, long.MaxValue / 2, 0];
        double[] up = [1, 2, 3];
        SymbolBars[] bars = [Kernels.Bars("A", up, volumes), Kernels.Bars("B", up, volumes), Kernels.Bars("C", up, [0, 2, 0])];

        var error = Assert.Throws<OverflowException>(() => Kernels.Tally(bars, form));
        Assert.Contains("1970-01-01 00:00:00", error.Message, StringComparison.Ordinal);
        Assert.Equal(long.MaxValue, Kernels.Tally([.. bars[..2], Kernels.Bars("C", up, [0, 1, 0])], form)[TallyColumn.UpVol][1]);
    }

    [Theory, MemberData(nameof(Kernels.AllForms), MemberType = typeof(Kernels))]
    public void Large_volumes_on_different_sides_do_not_overflow(KernelForm form)
    {
        long[] volumes = [0, long.MaxValue];
        var tally = Kernels.Tally([Kernels.Bars("A", [1, 2], volumes), Kernels.Bars("B", [2, 1], volumes), Kernels.Bars("C", [1, 1], volumes)], form);

        Assert.Equal(
            (long.MaxValue, long.MaxValue, long.MaxValue),
            (tally[TallyColumn.UpVol][1], tally[TallyColumn.DownVol][1], tally[TallyColumn.UnchVol][1]));
        Assert.Throws<OverflowException>(() => BreadthTally.Add(tally, tally));
    }
}
