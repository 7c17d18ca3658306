using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Lake.Delta;

/// <summary>What a commit is to change. Files named in <see cref="Add"/> are written already; they are deleted if the commit does not come about.</summary>
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
}

/// <summary>A Delta table of the lake: snapshots of it, files for it, commits to it.</summary>
internal sealed class DeltaTable(IObjectStore store, TableSchema schema, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly DeltaLog _log = new(store, schema.Name, clock);
    private Snapshot? _newest;

    /// <summary>The table's columns.</summary>
    public TableSchema Schema { get; } = schema;

    /// <summary>The table as a user would write its place.</summary>
    public string Place => _log.Place;

    /// <summary>The table at its newest version, or at the given one.</summary>
    public Snapshot Load(long? version = null)
    {
        var snapshot = _log.Load(version);
        _newest = version is null ? snapshot : _newest;
        return snapshot;
    }

    /// <summary>The newest version that this object has seen or made; loaded when there is none yet. Another writer may have gone on since.</summary>
    public Snapshot Seen() => _newest ?? Load();

    /// <summary>The lines of one commit, or null when its file is gone.</summary>
    public IReadOnlyList<LogLine>? Commit(long version)
    {
        var lines = _log.Commit(version);
        return lines is not null && Seen().Files.FirstOrDefault()?.Schema is { } schema
            ? [.. lines.Select(l => l.Add is null ? l : l with { Add = l.Add with { Schema = schema } })]
            : lines;
    }

    /// <summary>The local file of a data file.</summary>
    public string Locate(AddFile file) => store.Locate(DataPath.Resolve(Schema.Name, file.Path));

    /// <summary>A SQL relation of the rows of files, with the columns that they have.</summary>
    public string Parquet(IReadOnlyCollection<AddFile> files, string options = "") =>
        files.FirstOrDefault(f => f.Schema is not null)?.Schema is { } schema
            ? AsOwn(schema, files)
            : $"read_parquet([{string.Join(", ", files.Select(f => DuckConnection.File(Locate(f))))}]{options})";

    /// <summary>A SQL relation of a snapshot's rows with all of the schema's columns.</summary>
    public string Relation(Snapshot snapshot, IEnumerable<AddFile>? files = null)
    {
        var list = (files ?? snapshot.Files).ToList();
        return list.Count == 0
            ? $"({Schema.EmptyRelation})"
            : $"(SELECT {Schema.ColumnList} FROM ({Schema.EmptyRelation} UNION ALL BY NAME SELECT * FROM {Parquet(list, ", union_by_name = true")}))";
    }

    /// <summary>The rows of files whose columns are not simply the table's, with the schema's columns and types.</summary>
    private string AsOwn(DeltaSchema schema, IReadOnlyCollection<AddFile> files) =>
        $"(SELECT {string.Join(", ", Schema.Columns.Select(c => $"{(schema.PhysicalNameOf(c.Name) is null ? "NULL" : DuckConnection.Name(c.Name))}::{c.SqlType} AS {DuckConnection.Name(c.Name)}"))} FROM {new FileScan(store, Schema.Name, schema).Relation(files)})";

    /// <summary>Writes the rows of a SELECT as a new data file; null when there are none.</summary>
    /// <param name="connection">Where the SELECT is run.</param>
    /// <param name="select">Its columns are those of the schema.</param>
    /// <param name="prefix">How the file's name begins.</param>
    /// <param name="rowGroup">Rows in a row group; 0 for DuckDB's default.</param>
    /// <param name="codec">How pages are compressed.</param>
    public AddFile? WriteFile(DuckConnection connection, string select, string prefix = "part", int rowGroup = 0, string codec = "zstd")
    {
        var name = $"{prefix}-{Guid.NewGuid():N}.parquet";
        var path = $"{Schema.Name}/{name}";
        var staged = store.Stage(path);
        var size = rowGroup > 0 ? $", ROW_GROUP_SIZE {rowGroup}" : "";
        long rows;
        Dictionary<string, Dictionary<string, string>> statistics;
        try
        {
            using var written = connection.Query($"COPY ({select}) TO {DuckConnection.Quote(staged)} (FORMAT parquet, COMPRESSION {codec}{size}, RETURN_STATS)");
            if (!written.Next() || (rows = (long)written.Column<ulong>(1)[0]) == 0)
            {
                File.Delete(staged);
                return null;
            }

            statistics = written.MapOfMaps(4, 0);
        }
        catch
        {
            File.Delete(staged);
            throw;
        }

        var bytes = store.Publish(path);
        return new AddFile
        {
            Path = name,
            Size = bytes,
            ModificationTime = Now,
            DataChange = true,
            Stats = FileStatistics.ToLog(Schema, rows, statistics),
        };
    }

    /// <summary>
    /// Changes the table: <paramref name="plan"/> sees the newest snapshot and says what to change, or null for nothing.
    /// When another writer commits first, the plan is made anew from the new snapshot, so it never rests on what is no longer true.
    /// </summary>
    /// <returns>The snapshot that holds after the call.</returns>
    /// <exception cref="DeltaException">Others kept winning for two minutes, or the table can't be written.</exception>
    public Snapshot Update(Func<Snapshot, Change?> plan)
    {
        var start = clock.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            // what was seen last may be old: then the commit fails, and the plan is made anew
            var seen = attempt == 0 ? _newest : null;
            var snapshot = seen ?? Load();
            var change = plan(snapshot);
            if (change is null)
            {
                if (seen is not null && Load().Version != seen.Version)
                {
                    continue; // nothing to do then, but perhaps now
                }

                return snapshot;
            }

            if (snapshot.Exists)
            {
                CheckWritable(snapshot, change);
            }

            var version = snapshot.Version + 1;
            var lines = Lines(snapshot, change).ToList();
            if (_log.TryCommit(version, lines))
            {
                var next = snapshot.After(lines);
                _newest = next;
                CheckpointQuietly(version);
                return next;
            }

            Discard(change);
            if (clock.GetElapsedTime(start) > Patience)
            {
                throw new DeltaException($"{Place}: other writers were first {attempt + 1} times in {Patience.TotalSeconds:0} s; try again when they are done");
            }

            Task.Delay(1 + (int)((uint)Guid.NewGuid().GetHashCode() % (uint)Math.Min(20 << Math.Min(attempt, 5), 500))).Wait();
        }
    }

    private void CheckWritable(Snapshot snapshot, Change change)
    {
        try
        {
            Features.CheckWritable(Place, snapshot, removes: change.ChangesData && change.Remove.Count > 0);
        }
        catch (DeltaException)
        {
            Discard(change);
            throw;
        }
    }

    private void Discard(Change change)
    {
        foreach (var file in change.Add)
        {
            store.Delete($"{Schema.Name}/{file.Path}");
        }
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private void CheckpointQuietly(long version)
    {
        try
        {
            _log.CheckpointIfDue(version);
        }
        catch (Exception e) when (e is IOException or DuckException or DeltaException or UnauthorizedAccessException)
        {
            // the commit stands; the next tenth one tries again
            Log.Warn($"{Place}: no checkpoint at version {version}: {e.Message}");
        }
    }

    private IEnumerable<LogLine> Lines(Snapshot snapshot, Change change)
    {
        yield return new LogLine
        {
            CommitInfo = new CommitInfo
            {
                Timestamp = Now,
                Operation = change.Operation,
                EngineInfo = $"bf/{typeof(DeltaTable).Assembly.GetName().Version?.ToString(3)}",
            },
        };
        if (!snapshot.Exists)
        {
            yield return new LogLine { Protocol = new Protocol { MinReaderVersion = 1, MinWriterVersion = 2 } };
            yield return new LogLine { MetaData = new MetaData { Id = Guid.NewGuid().ToString(), Name = Schema.Name, SchemaString = Schema.ToDelta(), CreatedTime = Now } };
        }
        else if (!Schema.IsIn(snapshot.MetaData!.SchemaString))
        {
            yield return new LogLine { MetaData = snapshot.MetaData with { SchemaString = Schema.ToDelta(snapshot.MetaData.SchemaString) } };
        }

        foreach (var txn in change.Txns)
        {
            yield return new LogLine { Txn = txn with { LastUpdated = Now } };
        }

        foreach (var file in change.Remove)
        {
            yield return new LogLine
            {
                Remove = new RemoveFile
                {
                    Path = file.Path,
                    DeletionTimestamp = Now,
                    DataChange = change.ChangesData,
                    ExtendedFileMetadata = true,
                    PartitionValues = [],
                    Size = file.Size,
                },
            };
        }

        foreach (var file in change.Add)
        {
            yield return new LogLine { Add = file with { DataChange = change.ChangesData } };
        }
    }
}
