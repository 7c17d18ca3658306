using Bf.Core.Backtest.Grid;

namespace Bf.Core.Exchange;

/// <summary>
/// The rows by which a worker tells what settings came to: kind, trial and five numbers. A double stands as its 64 bits in an integer, so that
/// nothing is rounded on the way; the totals of each worker show whether everything arrived.
/// </summary>
public static class GridRows
{
    /// <summary>A trial's figures: trial = its number, numbers = orders and the bits of final value, total return, Sharpe ratio and drawdown.</summary>
    public const string Trial = "trial";

    /// <summary>A worker's totals: trial = how many trials, numbers = of each number the sum modulo <see cref="ScanRows.Modulus"/>.</summary>
    public const string Totals = "totals";

    /// <summary>How many numbers a row has.</summary>
    public const int Numbers = 5;

    /// <summary>The numbers of figures.</summary>
    public static void Write(in GridFigures figures, Span<long> numbers)
    {
        numbers[0] = figures.Orders;
        numbers[1] = BitConverter.DoubleToInt64Bits(figures.FinalValue);
        numbers[2] = BitConverter.DoubleToInt64Bits(figures.TotalReturn);
        numbers[3] = BitConverter.DoubleToInt64Bits(figures.Sharpe);
        numbers[4] = BitConverter.DoubleToInt64Bits(figures.MaxDrawdown);
    }

    /// <summary>The figures of numbers.</summary>
    public static GridFigures Read(ReadOnlySpan<long> numbers) => new(
        checked((int)numbers[0]),
        BitConverter.Int64BitsToDouble(numbers[1]),
        BitConverter.Int64BitsToDouble(numbers[2]),
        BitConverter.Int64BitsToDouble(numbers[3]),
        BitConverter.Int64BitsToDouble(numbers[4]));

    /// <summary>Adds numbers to sums, modulo <see cref="ScanRows.Modulus"/>.</summary>
    public static void Add(Span<long> sums, ReadOnlySpan<long> numbers)
    {
        for (var c = 0; c < Numbers; c++)
        {
            sums[c] = (sums[c] + ScanRows.Remainder(numbers[c])) % ScanRows.Modulus;
        }
    }
}
