using Bf.Core.Statistics;

namespace Bf.Core.Tests.Statistics;

public sealed class ExactMathTests
{
    [Fact]
    public void Exponential_and_logarithm_are_close_to_the_librarys()
    {
        for (var x = -600.0; x < 600; x += 0.37)
        {
            Assert.Equal(1, ExactMath.Exp(x) / Math.Exp(x), 1e-15 * (10 + Math.Abs(x)));
            Assert.Equal(x, ExactMath.Log(Math.Exp(x)), 1e-15 * (1 + Math.Abs(x)));
        }
    }
}
