namespace Bf.Core.Breadth;

/// <summary>A count beyond the usual ones of a <see cref="BreadthTally"/>, computed only where it was asked for.</summary>
/// <param name="Name">Its name, as a column of the table <c>breadth</c>.</param>
/// <param name="Values">An integer a date.</param>
public sealed record FurtherCount(string Name, long[] Values);
