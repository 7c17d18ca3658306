namespace Bf.Sources.Synthetic;

/// <summary>
/// Functions made of the operations that IEEE 754 rounds exactly (+ - * / and square root) in a fixed order: the same bits on any machine,
/// which those of a C library are not. Good to about 15 digits.
/// </summary>
internal static class ExactMath
{
    private const double Ln2High = 6.93147180369123816490e-01; // fdlibm's split: k x high is exact for small k
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.44269504088896338700e+00;

    // Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988)
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

    private static readonly double[] ExpSeries = Inverses(13, k => Factorial(k));

    private static readonly double[] LogSeries = Inverses(10, k => (2 * k) + 1);

    /// <summary>e to the power of x, for x between -700 and 700.</summary>
    public static double Exp(double x)
    {
        var k = Math.Floor((x * Log2E) + 0.5);
        var rest = x - (k * Ln2High) - (k * Ln2Low);
        return Polynomial(ExpSeries, rest) * BitConverter.Int64BitsToDouble(((long)k + 1023) << 52);
    }

    /// <summary>The natural logarithm of a positive, normal number.</summary>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (mantissa > 1.4142135623730951)
        {
            (mantissa, exponent) = (mantissa / 2, exponent + 1);
        }

        var s = (mantissa - 1) / (mantissa + 1);
        return (2 * s * Polynomial(LogSeries, s * s)) + (exponent * Ln2Low) + (exponent * Ln2High);
    }

    /// <summary>The standard normal deviate below which a share of all lies (0 to 1, both exclusive).</summary>
    public static double NormalQuantile(double share)
    {
        var q = share - 0.5;
        if (q is >= -0.425 and <= 0.425)
        {
            var inner = 0.180625 - (q * q);
            return q * Polynomial(CentreTop, inner) / Polynomial(CentreBottom, inner);
        }

        var r = Math.Sqrt(-Log(q < 0 ? share : 1 - share));
        var z = r <= 5
            ? Polynomial(MiddleTop, r - 1.6) / Polynomial(MiddleBottom, r - 1.6)
            : Polynomial(TailTop, r - 5) / Polynomial(TailBottom, r - 5);
        return q < 0 ? -z : z;
    }

    /// <summary>A polynomial by Horner's rule, the highest power first.</summary>
    private static double Polynomial(double[] coefficients, double x)
    {
        var sum = coefficients[0];
        for (var i = 1; i < coefficients.Length; i++)
        {
            sum = (sum * x) + coefficients[i];
        }

        return sum;
    }

    private static double[] Inverses(int degree, Func<int, double> of) => [.. Enumerable.Range(0, degree + 1).Select(k => 1 / of(degree - k))];

    private static double Factorial(int k) => k < 2 ? 1 : k * Factorial(k - 1);
}
