using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Lake.Store;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Lake.Delta;

/// <summary>A Delta table of the lake: snapshots of it, files for it, commits to it. An object serves one thread; many may be open on one table.</summary>
internal sealed class DeltaTable(IObjectStore store, TableSchema schema, TimeProvider clock, Author? author = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly DeltaLog _log = new(store, schema.Name, clock);
    private readonly List<string> _uncommitted = [];
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
    public string Locate(AddFile file) => Locate(file.Path);

    /// <summary>The local file of a data file, by its path in the log.</summary>
    public string Locate(string path) => store.Locate(DataPath.Resolve(Schema.Name, path));

    /// <summary>The local file of a data file as it lies in the store now.</summary>
    public string LocateAnew(AddFile file) => store.LocateAnew(DataPath.Resolve(Schema.Name, file.Path));

    /// <summary>A data file as a user would write its place, by its path in the log.</summary>
    public string PlaceOf(string path) => store.PlaceOf(DataPath.Resolve(Schema.Name, path));

    /// <summary>A data file's size and time, by its path in the log; null when it is gone.</summary>
    public StoredObject? Look(string path) => store.Look(DataPath.Resolve(Schema.Name, path));

    /// <summary>Whether a data file is there, by its path in the log.</summary>
    public bool Has(string path) => Look(path) is not null;

    /// <summary>Checks that files are what was written: for who writes their rows anew, so that a flipped bit does not become a value in good standing.</summary>
    /// <exception cref="DeltaException">One is not; the message names it.</exception>
    public void CheckUnharmed(IEnumerable<AddFile> files)
    {
        foreach (var file in files)
        {
            if (file.Tags?.GetValueOrDefault(Checksum.Tag) is { } written && Has(file.Path) && Checksum.Of(Locate(file)) != written)
            {
                throw DeltaException.Damaged(Place, $"the data file {file.Path} has other bytes than were written, so its rows are not written anew");
            }
        }
    }

    /// <summary>A SQL relation of the rows of files, with the columns that they have.</summary>
    public string Parquet(IReadOnlyCollection<AddFile> files, string options = "")
    {
        store.Prepare(files.Select(f => DataPath.Resolve(Schema.Name, f.Path)));
        return files.FirstOrDefault(f => f.Schema is not null)?.Schema is { } schema
            ? AsOwn(schema, files)
            : $"read_parquet([{string.Join(", ", files.Select(f => DuckConnection.File(Locate(f))))}]{options})";
    }

    /// <summary>A SQL relation of a snapshot's rows with all of the schema's columns.</summary>
    public string Relation(Snapshot snapshot, IEnumerable<AddFile>? files = null)
    {
        var list = (files ?? snapshot.Files).ToList();
        return list.Count == 0
            ? $"({Schema.EmptyRelation})"
            : $"(SELECT {Schema.ColumnList} FROM ({Schema.EmptyRelation} UNION ALL BY NAME SELECT * FROM {Parquet(list, ", union_by_name = true")}))";
    }

    /// <summary>A SQL relation of a snapshot's rows, or those of some of its files, with all the columns that the table has, also those that others gave it: for who writes rows anew.</summary>
    public string Whole(Snapshot snapshot, IEnumerable<AddFile>? files = null) => new DeltaTable(store, Schema.Whole(snapshot), clock).Relation(snapshot, files);

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

        _uncommitted.Add(path);
        var bytes = store.Publish(path);
        return new AddFile
        {
            Path = name,
            Size = bytes,
            ModificationTime = Now,
            DataChange = true,
            Stats = FileStatistics.ToLog(Schema, rows, statistics),
            Tags = new Dictionary<string, string?>(StringComparer.Ordinal) { [Checksum.Tag] = Checksum.Of(store.Locate(path)) },
        };
    }

    /// <summary>
    /// Changes the table: <paramref name="plan"/> sees the newest snapshot and says what to change, or null for nothing.
    /// When another writer commits first, the plan is made anew from the new snapshot, so it never rests on what is no longer true;
    /// a change that says what it rests on (<see cref="Change.Holds"/>) is committed as it is while that is so.
    /// </summary>
    /// <returns>The snapshot that holds after the call.</returns>
    /// <exception cref="DeltaException">Others kept winning for ten minutes, or the table can't be written.</exception>
    public Snapshot Update(Func<Snapshot, Change?> plan)
    {
        using var watch = CommitWatch.Begin(Schema.Name, clock);
        try
        {
            return Commit(plan, watch);
        }
        catch (Exception e) when (watch?.Failed(e) == true)
        {
            throw; // not reached: the filter only looks on
        }
        finally
        {
            DeleteUncommitted(); // whatever ended the work: a full disk, an interrupt, a plan that came to nothing
        }
    }

    private Snapshot Commit(Func<Snapshot, Change?> plan, CommitWatch? watch)
    {
        var start = clock.GetTimestamp();
        var seen = _newest; // may be old: then the commit fails, and what came since is read
        var snapshot = seen ?? Load();
        var change = plan(snapshot);
        for (var lost = 0; ; lost++)
        {
            if (change is null)
            {
                if (seen is null || Newer(snapshot) is var newest && newest.Version == snapshot.Version)
                {
                    return snapshot;
                }

                (seen, snapshot) = (null, newest);
                change = plan(snapshot); // nothing to do then, but perhaps now
                continue;
            }

            if (snapshot.Exists)
            {
                Features.CheckWritable(Place, snapshot, removes: change.ChangesData && change.Remove.Count > 0);
            }

            var version = snapshot.Version + 1;
            var lines = Lines(snapshot, change).ToList();
            var began = clock.GetTimestamp();
            if (TryCommit(version, lines))
            {
                _uncommitted.Clear();
                watch?.Committed(version, change.Operation);
                var next = snapshot.After(lines);
                _newest = next;
                CheckpointQuietly(version);
                return next;
            }

            watch?.Conflict();
            if (clock.GetElapsedTime(start) > Patience)
            {
                throw new DeltaException($"{Place}: other writers were first {lost + 1} times in {Patience.TotalMinutes:0} minutes; try again when they are done");
            }

            Wait(lost, clock.GetElapsedTime(began));
            var before = snapshot;
            (seen, snapshot) = (null, Newer(before));
            var holds = Rebase.Holds(change, before, snapshot);
            Log.Debug($"{Place}: another writer made version {version}; {(holds ? "the same change goes after it" : "the change is made anew")}");
            if (!holds)
            {
                DeleteUncommitted();
                change = plan(snapshot);
            }
        }
    }

    /// <summary>Waits some of the time that a commit takes here, more after each loss: with many writers that is how they come one after the other.</summary>
    private void Wait(int lost, TimeSpan attempt)
    {
        var most = Math.Clamp(attempt.TotalMilliseconds, 2, 200) * (1 << Math.Min(lost, 3));
        new Backoff(clock).WaitBetween(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(most));
    }

    private Snapshot Newer(Snapshot than) => _newest = _log.Newer(than);

    private bool TryCommit(long version, List<LogLine> lines)
    {
        try
        {
            return _log.TryCommit(version, lines);
        }
        catch (ServiceDownException)
        {
            _uncommitted.Clear(); // nobody knows whether the entry came about: its files stay, and a vacuum removes them if it did not
            throw;
        }
        catch when (_log.Commit(version) is not null)
        {
            _uncommitted.Clear(); // the entry came about, though not all of its way to the disk is sure: its files stay
            throw;
        }
    }

    private void DeleteUncommitted()
    {
        try
        {
            foreach (var path in _uncommitted)
            {
                store.Delete(path);
            }
        }
        catch (ServiceDownException e)
        {
            Log.Debug($"{Place}: files of a change that did not come about stay: {e.Message}"); // a vacuum removes them; what went wrong before is what the user has to hear
        }

        _uncommitted.Clear();
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
            CommitInfo = CommitNote.Of(change, author, Now),
        };
        if (!snapshot.Exists)
        {
            yield return new LogLine { Protocol = new Protocol { MinReaderVersion = 1, MinWriterVersion = 2 } };
            yield return new LogLine { MetaData = new MetaData { Id = Guid.NewGuid().ToString(), Name = Schema.Name, SchemaString = Schema.ToDelta(), CreatedTime = Now } };
        }
        else if (change.MetaData is not null)
        {
            yield return new LogLine { MetaData = change.MetaData };
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
