using Bf.Core.Statistics;
using FsCheck.Fluent;

namespace Bf.Core.Tests.Statistics;

public sealed class BenjaminiHochbergTests
{
    [Fact]
    public void By_hand()
    {
        // ascending 0.01 0.02 0.03 0.04 0.5, times 5 / rank: 0.05 0.05 0.05 0.05 0.5; and 0.02 x 5 / 2 pulls 0.015 x 5 / 1 down
        Assert.Equal([0.05, 0.5, 0.05, 0.05, 0.05], BenjaminiHochberg.Adjust([0.03, 0.5, 0.01, 0.04, 0.02]), Near);
        Assert.Equal([0.05, 0.05, 0.9], BenjaminiHochberg.Adjust([0.03, 1 / 30.0, 0.9]), Near);
        Assert.Equal([1.0, 1.0], BenjaminiHochberg.Adjust([1, 0.7]), Near);
        Assert.Empty(BenjaminiHochberg.Adjust([]));
    }

    [Fact]
    public void The_example_of_the_paper_has_four_discoveries_at_5_percent()
    {
        // the 15 p-values of section 3.3 of the paper, as they are quoted; the fourth is 0.0095 x 15 / 4
        double[] p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000];
        var q = BenjaminiHochberg.Adjust(p);

        Assert.Equal(4, q.Count(x => x <= 0.05));
        Assert.Equal([0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0298 * 15 / 7, 0.0298 * 15 / 7], q[..7], Near);
    }

    [Fact]
    public void It_is_the_least_over_all_larger_p_values_whatever_their_order() =>
        Properties.Hold(Gen.Choose(1, 1000).ArrayOf(), numbers =>
        {
            double[] p = [.. numbers.Select(n => n / 1000.0)];
            var q = BenjaminiHochberg.Adjust(p);
            for (var i = 0; i < p.Length; i++)
            {
                var plain = p.Where(x => x >= p[i]).Min(x => Math.Min(1, x * p.Length / p.Count(y => y <= x)));
                Assert.Equal(plain, q[i], 1e-12);
            }
        });

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
}
