namespace Bf.Core.Breadth;

/// <summary>How a column's values are stored.</summary>
public enum ColumnKind
{
    /// <summary>64-bit integers, defined on every date on which what they rest on is known.</summary>
    Integer,
    /// <summary>Doubles, NaN where undefined.</summary>
    Real,
}
