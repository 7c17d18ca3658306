using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bf.Core.Backtest.Grid;

/// <summary>
/// On which of 64 bars a fast average is above a slow one, a bit a bar. Written for vectors of 128 bits, which are compiled ahead of time
/// on any x64: wider ones would be compiled when first used, which takes longer than a thousand pairs do.
/// </summary>
internal static class CrossScan
{
    /// <summary>Compares the means of 64 bars.</summary>
    /// <param name="fast">The first of 64 means.</param>
    /// <param name="slow">Likewise.</param>
    /// <param name="tied">Whether two means are equal on any of these bars.</param>
    public static ulong Above(ref double fast, ref double slow, out bool tied)
    {
        var above = 0UL;
        var equal = Vector128<double>.Zero;
        for (nuint i = 0; i < 64; i += 16)
        {
            above |= (ulong)Sixteen(ref fast, ref slow, i, ref equal) << (int)i;
        }

        tied = equal.ExtractMostSignificantBits() != 0;
        return above;
    }

    /// <summary>The same of any means, from their exact sums. Where the averages are equal, a bar is as the one before it.</summary>
    /// <param name="averages">The averages.</param>
    /// <param name="pair">The lengths.</param>
    /// <param name="first">The first of the 64 bars.</param>
    /// <param name="valid">Bars outside these are as the one before them, too.</param>
    /// <param name="before">1 when fast was above on the bar before the first, else 0.</param>
    public static ulong AboveExactly(MovingAverages averages, SmaPair pair, int first, ulong valid, ulong before)
    {
        var above = 0UL;
        for (var k = 0; k < 64; k++)
        {
            var sign = (valid >> k & 1) != 0 ? averages.Compare(pair, first + k) : 0;
            before = sign == 0 ? before : sign > 0 ? 1UL : 0;
            above |= before << k;
        }

        return above;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Sixteen(ref double fast, ref double slow, nuint i, ref Vector128<double> equal)
    {
        if (!Sse2.IsSupported)
        {
            var bits = 0u;
            for (nuint k = 0; k < 16; k += 2)
            {
                var (f, s) = (Vector128.LoadUnsafe(ref fast, i + k), Vector128.LoadUnsafe(ref slow, i + k));
                bits |= Vector128.GreaterThan(f, s).ExtractMostSignificantBits() << (int)k;
                equal |= Vector128.Equals(f, s);
            }

            return bits;
        }

        // eight masks of two packed to one of sixteen bytes: half the instructions of taking two bits at a time
        var a = Sse2.PackSignedSaturate(Four(ref fast, ref slow, i, ref equal), Four(ref fast, ref slow, i + 4, ref equal));
        var b = Sse2.PackSignedSaturate(Four(ref fast, ref slow, i + 8, ref equal), Four(ref fast, ref slow, i + 12, ref equal));
        return (uint)Sse2.MoveMask(Sse2.PackSignedSaturate(a, b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Four(ref double fast, ref double slow, nuint i, ref Vector128<double> equal)
    {
        var (f0, s0) = (Vector128.LoadUnsafe(ref fast, i), Vector128.LoadUnsafe(ref slow, i));
        var (f1, s1) = (Vector128.LoadUnsafe(ref fast, i + 2), Vector128.LoadUnsafe(ref slow, i + 2));
        equal |= Sse2.CompareEqual(f0, s0) | Sse2.CompareEqual(f1, s1);
        return Sse.Shuffle(Sse2.CompareGreaterThan(f0, s0).AsSingle(), Sse2.CompareGreaterThan(f1, s1).AsSingle(), 0b10_00_10_00).AsInt32();
    }
}
