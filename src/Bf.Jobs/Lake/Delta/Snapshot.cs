namespace Bf.Jobs.Lake.Delta;

/// <summary>A table at one version: what its log adds up to.</summary>
internal sealed class Snapshot
{
    private readonly Dictionary<string, AddFile> _files;
    private readonly Dictionary<string, RemoveFile> _removed;
    private readonly Dictionary<string, Txn> _txns;

    /// <summary>A table that does not exist yet.</summary>
    public Snapshot()
    {
        _files = new(StringComparer.Ordinal);
        _removed = new(StringComparer.Ordinal);
        _txns = new(StringComparer.Ordinal);
    }

    private Snapshot(Snapshot before)
    {
        _files = new(before._files, StringComparer.Ordinal);
        _removed = new(before._removed, StringComparer.Ordinal);
        _txns = new(before._txns, StringComparer.Ordinal);
        (Version, MetaData, Protocol) = (before.Version, before.MetaData, before.Protocol);
    }

    /// <summary>The version; -1 for a table that does not exist.</summary>
    public long Version { get; private set; } = -1;

    /// <summary>Whether the table exists.</summary>
    public bool Exists => Version >= 0;

    /// <summary>The table's metadata.</summary>
    public MetaData? MetaData { get; private set; }

    /// <summary>The table's protocol.</summary>
    public Protocol? Protocol { get; private set; }

    /// <summary>The data files, by their path in the log.</summary>
    public IReadOnlyCollection<AddFile> Files => _files.Values;

    /// <summary>Files that were removed, for the checkpoint.</summary>
    public IReadOnlyCollection<RemoveFile> Removed => _removed.Values;

    /// <summary>How far each application has come.</summary>
    public IReadOnlyCollection<Txn> Txns => _txns.Values;

    /// <summary>How far an application has come, or null.</summary>
    public long? TxnOf(string appId) => _txns.TryGetValue(appId, out var txn) ? txn.Version : null;

    /// <summary>Whether a file belongs to the table, with just the rows that it has there.</summary>
    public bool Has(AddFile file) => _files.ContainsKey(Key(file.Path, file.DeletionVector));

    /// <summary>The table one commit later. This snapshot stays as it is: others may be planning from it.</summary>
    public Snapshot After(IEnumerable<LogLine> commit)
    {
        var next = new Snapshot(this);
        foreach (var line in commit)
        {
            next.Apply(line);
        }

        next.Reach(Version + 1);
        return next;
    }

    /// <summary>Takes one more line of the log into account.</summary>
    public void Apply(LogLine line)
    {
        if (line.Add is { } add)
        {
            _files[Key(add.Path, add.DeletionVector)] = add;
            _removed.Remove(Key(add.Path, add.DeletionVector));
        }
        else if (line.Remove is { } remove)
        {
            _files.Remove(Key(remove.Path, remove.DeletionVector));
            _removed[Key(remove.Path, remove.DeletionVector)] = remove;
        }
        else if (line.Txn is { } txn)
        {
            _txns[txn.AppId] = txn;
        }
        else if (line.MetaData is { } metaData)
        {
            MetaData = metaData;
        }
        else if (line.Protocol is { } protocol)
        {
            Protocol = protocol;
        }
    }

    /// <summary>Notes with each file how it is to be read.</summary>
    public Snapshot ReadAs(DeltaSchema schema)
    {
        foreach (var (key, file) in _files.ToList())
        {
            _files[key] = file with { Schema = schema };
        }

        return this;
    }

    /// <summary>Ends a version.</summary>
    public void Reach(long version) => Version = version;

    // a file and the rows taken from it are one: a commit may replace the one vector by the other
    private static string Key(string path, DeletionVector? vector) => DataPath.Canonical(path) + (vector is null ? "" : $"\n{vector.UniqueId}");
}
