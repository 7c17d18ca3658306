namespace Bf.Core.Market;

/// <summary>
/// Prices as integers. A tick is a millionth of the currency's unit; comparing and summing ticks is exact, so that no
/// result depends on the order of additions.
/// </summary>
public static class Ticks
{
    /// <summary>Ticks in one unit of currency.</summary>
    public const int PerUnit = 1_000_000;

    /// <summary>The most ticks of a price: the kernel's longest window (252 bars) of them still fits 63 bits.</summary>
    public const long Max = 36_000_000_000_000_000;

    /// <summary>The largest price that the kernel takes, in units of currency.</summary>
    public const double MaxPrice = 36_000_000_000;

    /// <summary>The price in ticks: the double product price x 1 000 000, rounded half away from zero.</summary>
    /// <param name="price">A price in units of currency; beyond plus or minus 9.2e12 the result saturates, NaN gives 0.</param>
    public static long FromPrice(double price)
    {
        // Adding 0.5 and cutting would be wrong for 0.49999999999999994 and, where the sum has to be rounded, from 2^52 on.
        var product = price * PerUnit;
        var whole = Math.Truncate(product);
        var rest = product - whole;
        return (long)(rest >= 0.5 ? whole + 1 : rest <= -0.5 ? whole - 1 : whole);
    }

    /// <summary>The price of so many ticks, in units of currency.</summary>
    public static double ToPrice(long ticks) => (double)ticks / PerUnit;
}
