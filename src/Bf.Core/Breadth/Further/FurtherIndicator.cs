namespace Bf.Core.Breadth.Further;

/// <summary>An indicator that is computed only where it was asked for: one of a family, of one length.</summary>
public sealed class FurtherIndicator
{
    internal FurtherIndicator(FurtherFamily family, int? length, int warmUp, BreadthColumn[] columns, FurtherMeasure[] counts)
    {
        Family = family;
        Length = length;
        WarmUp = warmUp;
        Columns = columns;
        Counts = counts;
    }

    /// <summary>The name as a user types it and as a column of the table <c>breadth</c>.</summary>
    public string Name => Columns[^1].Name;

    /// <summary>What there is to know about it.</summary>
    public FurtherFamily Family { get; }

    /// <summary>The length, where there is one.</summary>
    public int? Length { get; }

    /// <summary>The dates of a history that pass before there can be a value.</summary>
    public int WarmUp { get; }

    /// <summary>
    /// Its columns in the table <c>breadth</c>: the counts, then what is computed from them. All are unknown on every date of a tally
    /// that was made without the indicator.
    /// </summary>
    public IReadOnlyList<BreadthColumn> Columns { get; }

    /// <summary>The counts that it needs beyond the usual ones; several indicators may share one.</summary>
    internal IReadOnlyList<FurtherMeasure> Counts { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
