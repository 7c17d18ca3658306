namespace Bf.Sources;

/// <summary>How a file writes its numbers.</summary>
public enum NumberStyle
{
    /// <summary>1234.5: a comma is no part of a number.</summary>
    Plain,
    /// <summary>1,234.5: a point before the fraction, and commas may separate thousands.</summary>
    Point,
    /// <summary>1.234,5: a comma before the fraction, and points may separate thousands.</summary>
    Comma,
}
