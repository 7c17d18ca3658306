using System.Runtime.CompilerServices;

namespace Bf.Core.Breadth;

/// <summary>The kernel's step: what one bar is, given its windows. Batch and stream both take it from here; the vector forms must give the same.</summary>
internal static class BarStep
{
    /// <summary>What is true of a bar, see <see cref="BarFlags"/>.</summary>
    /// <param name="before">How many bars the symbol has before this one; from 252 on the number makes no difference.</param>
    /// <param name="previous">The tick before; any where there is none.</param>
    /// <param name="tick">The bar's tick.</param>
    /// <param name="windows">The windows that end with the bar.</param>
    /// <param name="gain">The bar's return, see <see cref="BarReturn"/>; 0 for an outlier, and for a symbol's first bar.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Flags(long before, long previous, long tick, in BarWindows windows, out long gain)
    {
        if (before == 0)
        {
            return gain = 0;
        }

        var change = BarReturn.Of(previous, tick);
        var outlier = change is > BarReturn.Highest or < BarReturn.Lowest;
        gain = outlier ? 0 : (long)change;
        return (tick > previous ? BarFlags.Adv : 0)
            | (tick < previous ? BarFlags.Dec : 0)
            | (before >= 251 && tick == windows.High ? BarFlags.Nh252 : 0)
            | (before >= 251 && tick == windows.Low ? BarFlags.Nl252 : 0)
            | (before >= 19 && 20 * tick > windows.Sum20 ? BarFlags.Above20 : 0)
            | (before >= 49 && 50 * tick > windows.Sum50 ? BarFlags.Above50 : 0)
            | (before >= 199 && 200 * tick > windows.Sum200 ? BarFlags.Above200 : 0)
            | (outlier ? BarFlags.Outlier : 0);
    }
}
