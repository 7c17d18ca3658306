namespace Bf.Core.Breadth.Further;

/// <summary>One count: what each bar of a symbol adds to its date.</summary>
internal abstract class FurtherMeasure(string name, int firstBar)
{
    /// <summary>The count's name, as a column of the table <c>breadth</c>.</summary>
    public string Name => name;

    /// <summary>The index of the first bar that can add anything.</summary>
    public int FirstBar => firstBar;

    /// <summary>Whether bars add amounts, whose sums may not fit 64 bits; otherwise each adds 0 or 1.</summary>
    public virtual bool IsAmount => false;

    /// <summary>Writes what each bar from <see cref="FirstBar"/> on adds; bar 0 is the symbol's first.</summary>
    public abstract void Measure(FurtherBars bars, Span<long> adds);
}
