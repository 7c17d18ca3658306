namespace Bf.Core.Statistics;

/// <summary>
/// Functions made of the operations that IEEE 754 rounds exactly (+ - * / and square root) in a fixed order: the same bits on any machine,
/// which those of a C library are not. Good to about 15 digits.
/// </summary>
public static class ExactMath
{
    private const double Ln2High = 6.93147180369123816490e-01; // fdlibm's split: k x high is exact for small k
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.44269504088896338700e+00;

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

    /// <summary>A polynomial by Horner's rule, the highest power first.</summary>
    internal static double Polynomial(double[] coefficients, double x)
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
