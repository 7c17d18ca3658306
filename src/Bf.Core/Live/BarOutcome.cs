namespace Bf.Core.Live;

/// <summary>What became of a bar that was given to a <see cref="PartitionCounter"/>.</summary>
public enum BarOutcome
{
    /// <summary>It was counted, in its turn.</summary>
    Counted,
    /// <summary>It was counted, and changed what was counted before: another value for a bar that may still be corrected, or one that came behind its symbol's later bars or behind the clock.</summary>
    Corrected,
    /// <summary>The same bar was there: nothing changed.</summary>
    Duplicate,
    /// <summary>It came too late to be counted: nothing changed.</summary>
    Late,
    /// <summary>Its symbol belongs to none of the universes at any time: nothing changed.</summary>
    Foreign,
}
