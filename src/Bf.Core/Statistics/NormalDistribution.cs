namespace Bf.Core.Statistics;

/// <summary>The standard normal distribution, made of exactly rounded operations: the same bits on any machine.</summary>
public static class NormalDistribution
{
    private const double InverseRootTwoPi = 0.3989422804014327;

    // Beyond this the series loses digits to the half that it is added to, and the fraction has come to rest.
    private const double SeriesEnd = 3;

    private const int FractionTerms = 120;

    private static readonly double[] CentreTop =
        [2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4, 1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0];

    private static readonly double[] CentreBottom =
        [5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4, 5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1];

    private static readonly double[] MiddleTop =
        [7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0, 3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0];

    private static readonly double[] MiddleBottom =
        [1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1];

    private static readonly double[] TailTop =
        [2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0];

    private static readonly double[] TailBottom =
        [2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1];

    /// <summary>
    /// The share of all that lies at or below a deviate. Up to 3 the series of Marsaglia, Evaluating the Normal Distribution, Journal of
    /// Statistical Software 11(4), 2004; beyond, Laplace's continued fraction of the tail. Off by at most 1e-15, and by 1e-13 of the smaller share.
    /// </summary>
    public static double Cdf(double z)
    {
        if (double.IsNaN(z))
        {
            return double.NaN;
        }

        var x = Math.Abs(z);
        if (x > 37)
        {
            return z > 0 ? 1 : 0; // the tail is below the smallest normal number
        }

        var density = InverseRootTwoPi * ExactMath.Exp(-0.5 * x * x);
        if (x <= SeriesEnd)
        {
            double term = z, sum = z;
            for (var k = 3; sum + term != sum; k += 2)
            {
                term *= z * z / k;
                sum += term;
            }

            return 0.5 + (density * sum);
        }

        var fraction = x;
        for (var k = FractionTerms; k >= 1; k--)
        {
            fraction = x + (k / fraction);
        }

        var tail = density / fraction;
        return z > 0 ? 1 - tail : tail;
    }

    /// <summary>
    /// The deviate below which a share of all lies (0 to 1, both exclusive). Wichura's algorithm AS 241 (PPND16), Applied Statistics 37 (1988):
    /// right to about 15 digits.
    /// </summary>
    public static double Quantile(double share)
    {
        var q = share - 0.5;
        if (q is >= -0.425 and <= 0.425)
        {
            var inner = 0.180625 - (q * q);
            return q * ExactMath.Polynomial(CentreTop, inner) / ExactMath.Polynomial(CentreBottom, inner);
        }

        var r = Math.Sqrt(-ExactMath.Log(q < 0 ? share : 1 - share));
        var z = r <= 5
            ? ExactMath.Polynomial(MiddleTop, r - 1.6) / ExactMath.Polynomial(MiddleBottom, r - 1.6)
            : ExactMath.Polynomial(TailTop, r - 5) / ExactMath.Polynomial(TailBottom, r - 5);
        return q < 0 ? -z : z;
    }
}
