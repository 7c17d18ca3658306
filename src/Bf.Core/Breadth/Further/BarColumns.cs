namespace Bf.Core.Breadth.Further;

/// <summary>The columns of bars that counts are made from, beside symbol and time.</summary>
[Flags]
public enum BarColumns
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The close adjusted for splits and dividends.</summary>
    AdjClose = 1,

    /// <summary>The close as quoted.</summary>
    Close = 2,

    /// <summary>The highest price, as quoted.</summary>
    High = 4,

    /// <summary>The lowest price, as quoted.</summary>
    Low = 8,
}
