using Bf.Core.Breadth;
using Bf.Core.Market;

namespace Bf.Core.Tests.Breadth;

/// <summary>Short ways to run a kernel, and to compare what comes out.</summary>
internal static class Kernels
{
    public static readonly KernelForm[] Forms = [KernelForm.Scalar, KernelForm.Vector256, KernelForm.Vector512];

    public static TheoryData<KernelForm> AllForms => [.. Forms];

    public static BreadthTally[] Tallies(IEnumerable<SymbolBars> bars, Universe[] universes, KernelForm form = KernelForm.Auto)
    {
        var kernel = new BreadthKernel(universes, form);
        foreach (var symbol in bars)
        {
            kernel.Add(symbol);
        }

        return [.. universes.Select((_, u) => kernel.Tally(u))];
    }

    public static BreadthTally Tally(IEnumerable<SymbolBars> bars, KernelForm form = KernelForm.Auto) =>
        Tallies(bars, [Universe.All], form)[0];

    public static void Add(this BreadthKernel kernel, SymbolBars bars, SymbolState? before = null) =>
        kernel.Add(bars.Symbol, before, bars.Ts, bars.Prices, bars.Volumes);

    /// <summary>Bars on dates 0, 1, 2, ..., with volumes 100 unless given.</summary>
    public static SymbolBars Bars(string symbol, IEnumerable<double> prices, long[]? volumes = null)
    {
        double[] closes = [.. prices];
        return new(symbol, [.. closes.Select((_, i) => (long)i)], closes, volumes ?? [.. closes.Select(_ => 100L)]);
    }

    public static void Equal(BreadthTally expected, BreadthTally actual)
    {
        Assert.Equal(expected.Ts, actual.Ts);
        foreach (var column in Enum.GetValues<TallyColumn>())
        {
            var at = expected[column].AsSpan().CommonPrefixLength(actual[column]);
            Assert.True(
                at == expected.Count,
                at == expected.Count ? "" : $"{column} at {at} of {expected.Count}: expected {expected[column][at]}, got {actual[column][at]}");
        }
    }

    public static void Equal(BreadthTally[] expected, BreadthTally[] actual)
    {
        for (var u = 0; u < expected.Length; u++)
        {
            Equal(expected[u], actual[u]);
        }
    }
}
