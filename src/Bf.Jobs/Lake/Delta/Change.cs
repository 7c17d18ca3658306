namespace Bf.Jobs.Lake.Delta;

/// <summary>What a commit is to change. Files that were written for it are deleted if it does not come about.</summary>
internal sealed record Change(string Operation)
{
    /// <summary>New files.</summary>
    public List<AddFile> Add { get; } = [];

    /// <summary>Files that go.</summary>
    public List<AddFile> Remove { get; } = [];

    /// <summary>Progress of applications.</summary>
    public List<Txn> Txns { get; } = [];

    /// <summary>Whether rows change; false when they only lie differently afterwards.</summary>
    public bool ChangesData { get; init; } = true;

    /// <summary>Another schema or other settings; null for those that the table has.</summary>
    public MetaData? MetaData { get; init; }

    /// <summary>What the history is to say beside operation and run: a source, a symbol, a version.</summary>
    public Dictionary<string, string?> Parameters { get; init; } = [];

    /// <summary>
    /// Whether the change is right also after another writer's commit, which brought these files; null where it must be made anew. The files that it removes are there then, and no row is gone.
    /// </summary>
    public Func<IReadOnlyList<AddFile>, bool>? Holds { get; init; }

    /// <summary>Rows that came, changed and went; null when the files tell: each row of a new file came, each row of a file that goes went.</summary>
    public RowCounts? Rows { get; init; }
}

/// <summary>Rows of a commit: how many keys are new, have other values, or are gone.</summary>
internal sealed record RowCounts(long Added, long Changed, long Removed);

/// <summary>Who commits: a run and its command.</summary>
internal sealed record Author(string Run, string Command, string Arguments);
