using Bf.Core.Market;

namespace Bf.Core.Breadth;

/// <summary>Runs a kernel over bars that lead through all of its code, and computes the series.</summary>
internal static class KernelWarmUp
{
    private const int Bars = 300;

    public static void Run()
    {
        var ts = new long[Bars];
        var prices = new double[Bars];
        var volumes = new long[Bars];
        for (var i = 0; i < Bars; i++)
        {
            (ts[i], prices[i], volumes[i]) = (i, 100 + (i % 7), i);
        }

        var kernel = new BreadthKernel([Universe.All]);
        kernel.Add("A", null, ts, prices, volumes);
        kernel.Add("B", null, ts.AsSpan(20), prices.AsSpan(20), volumes.AsSpan(20));
        prices[^1] = 1e9;
        kernel.Add("C", null, [.. ts[..150], .. ts[151..]], prices.AsSpan(1), volumes.AsSpan(1));
        new BreadthPanel(kernel.Tally(0), from: Bars - 10).Compute();
    }
}
