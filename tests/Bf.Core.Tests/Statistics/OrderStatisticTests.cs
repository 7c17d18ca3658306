using Bf.Core.Statistics;
using FsCheck.Fluent;

namespace Bf.Core.Tests.Statistics;

public sealed class OrderStatisticTests
{
    [Fact]
    public void Every_place_holds_what_sorting_puts_there() =>
        Properties.Hold(Gen.Choose(-5, 5).NonEmptyListOf(), numbers =>
        {
            double[] values = [.. numbers.Select(n => (double)n)];
            double[] sorted = [.. values.Order()];
            Assert.Equal(sorted, Enumerable.Range(0, sorted.Length).Select(place => OrderStatistic.At((double[])values.Clone(), place)));
        });
}
