namespace Bf.Jobs.Maintenance;

/// <summary>How what was found can be put right.</summary>
public enum Repair
{
    /// <summary>By hand only.</summary>
    None,

    /// <summary>By a new checkpoint: the log holds all that it needs.</summary>
    Checkpoint,

    /// <summary>By taking the file out: its rows are computed anew.</summary>
    Recompute,

    /// <summary>By taking the file out: its rows are lost unless they are brought again.</summary>
    Drop,
}

/// <summary>Something that is not as it should be.</summary>
/// <param name="Table">The table.</param>
/// <param name="Subject">The file, or the part of the table.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Advice">What to do.</param>
/// <param name="Repair">How it can be put right.</param>
/// <param name="Harmless">Whether nothing is wrong with the table: something only lies about.</param>
public sealed record Finding(string Table, string Subject, string Problem, string Advice, Repair Repair = Repair.None, bool Harmless = false);

/// <summary>A table that was checked.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Version">Its version; null when its log can't be read.</param>
/// <param name="Files">Data files.</param>
/// <param name="Rows">Rows that were read.</param>
/// <param name="Findings">What is wrong, and what lies about.</param>
public sealed record CheckedTable(string Table, long? Version, int Files, long Rows, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether nothing is wrong with it.</summary>
    public bool Sound => Findings.All(f => f.Harmless);
}
