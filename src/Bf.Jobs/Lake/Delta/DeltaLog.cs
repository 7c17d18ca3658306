using System.Globalization;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Lake.Delta;

/// <summary>The log of a table: reads it to a snapshot, adds a commit, writes a checkpoint (Delta protocol, "Delta Log Entries").</summary>
internal sealed class DeltaLog(IObjectStore store, string table, TimeProvider clock)
{
    private const int CheckpointInterval = 10;
    private readonly string _folder = $"{table}/_delta_log";

    /// <summary>The table as a user would write its place.</summary>
    public string Place => $"{store.Root.TrimEnd('/')}/{table}";

    /// <summary>The table at its newest version, or at the given one.</summary>
    /// <exception cref="DeltaException">The log is damaged, or the version is not there.</exception>
    public Snapshot Load(long? version = null)
    {
        var commits = new Dictionary<long, string>();
        var checkpoints = new List<(long Version, string Path)>();
        var newest = -1L;
        foreach (var file in store.List(_folder))
        {
            newest = Math.Max(newest, Sort(file.Path, commits, checkpoints));
        }

        var target = version ?? newest;
        if (newest < 0)
        {
            return version is null ? new Snapshot() : throw new DeltaException($"{Place} has no version {version}: the table does not exist");
        }

        if (target > newest)
        {
            throw new DeltaException($"{Place} has no version {version}: the newest is {newest}");
        }

        var snapshot = FromCheckpoint(checkpoints, target);
        for (var v = snapshot.Version + 1; v <= target; v++)
        {
            if (!commits.TryGetValue(v, out var path))
            {
                throw Missing(v, commits);
            }

            foreach (var line in ReadCommit(path))
            {
                snapshot.Apply(line);
            }

            snapshot.Reach(v);
        }

        return Checked(snapshot);
    }

    /// <summary>The newest version, by reading only what came after one that is known.</summary>
    /// <exception cref="DeltaException">The log is damaged.</exception>
    public Snapshot Newer(Snapshot known)
    {
        if (!known.Exists)
        {
            return Load();
        }

        var snapshot = known;
        while (store.Read(PathOf(snapshot.Version + 1)) is { } content)
        {
            snapshot = snapshot.After(LogLines.Read(Place, PathOf(snapshot.Version + 1), content));
        }

        return snapshot == known ? known : Checked(snapshot);
    }

    private Snapshot Checked(Snapshot snapshot)
    {
        Features.CheckReadable(Place, snapshot);
        return Features.IsPlain(snapshot) ? snapshot : snapshot.ReadAs(DeltaSchema.Of(Place, snapshot));
    }

    /// <summary>The newest state that a checkpoint gives; nothing where there is none. A damaged one is an error although the log may do without: a disk that damages files wants attention.</summary>
    private Snapshot FromCheckpoint(List<(long Version, string Path)> files, long target)
    {
        var snapshot = new Snapshot();
        if (CheckpointReader.Complete(files.Where(f => f.Version <= target)).FirstOrDefault() is { } checkpoint)
        {
            CheckpointReader.Read(store, Place, checkpoint, snapshot);
            snapshot.Reach(checkpoint.Version);
        }

        return snapshot;
    }

    private DeltaException Missing(long version, Dictionary<long, string> commits)
    {
        var first = commits.Count == 0 ? -1 : commits.Keys.Min();
        return first > version
            ? new($"{Place}: the log entry {NameOf(version)} is missing, and no checkpoint covers it. The log begins with version {first}: older ones were cleaned up; ask for a later one")
            : DeltaException.Damaged(Place, $"the log entry {NameOf(version)} is missing, and no checkpoint covers it");
    }

    /// <summary>The version that was the newest at a moment.</summary>
    /// <exception cref="DeltaException">The table is younger.</exception>
    public long VersionAt(DateTimeOffset moment)
    {
        var (found, latest) = (-1L, long.MinValue);
        foreach (var file in store.List(_folder))
        {
            var name = Path.GetFileName(file.Path);
            if (name.Length == 25 && name.EndsWith(".json", StringComparison.Ordinal) && long.TryParse(name.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            {
                var info = ReadCommit(file.Path).FirstOrDefault(l => l.CommitInfo is not null)?.CommitInfo;
                var written = info?.InCommitTimestamp ?? info?.Timestamp ?? file.Modified.ToUnixTimeMilliseconds();
                latest = Math.Max(written, latest + 1); // clocks of writers differ, but versions follow each other
                if (latest > moment.ToUnixTimeMilliseconds())
                {
                    break;
                }

                found = version;
            }
        }

        return found >= 0 ? found : throw new DeltaException($"{Place} has no version as old as {moment:yyyy-MM-dd HH:mm:ss}");
    }

    /// <summary>The lines of one commit, or null when its file is gone.</summary>
    public IReadOnlyList<LogLine>? Commit(long version) =>
        store.Read(PathOf(version)) is null ? null : ReadCommit(PathOf(version));

    /// <summary>Adds a commit; false when another writer was first with this version.</summary>
    public bool TryCommit(long version, IEnumerable<LogLine> lines)
    {
        using var content = new MemoryStream();
        foreach (var line in lines)
        {
            content.Write(LogJson.Write(line));
            content.WriteByte((byte)'\n');
        }

        return store.TryCreate(PathOf(version), content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <summary>Writes a checkpoint when the version calls for one; it is a shortcut, so its failure does not undo the commit.</summary>
    public void CheckpointIfDue(long version)
    {
        if (version > 0 && version % CheckpointInterval == 0)
        {
            Checkpoint.Write(store, table, Load(version), clock.GetUtcNow());
        }
    }

    private static string NameOf(long version) => $"{version.ToString("D20", CultureInfo.InvariantCulture)}.json";

    private string PathOf(long version) => $"{_folder}/{NameOf(version)}";

    private List<LogLine> ReadCommit(string path) =>
        LogLines.Read(Place, path, store.Read(path) ?? throw new DeltaException($"{Place}: the log entry {Path.GetFileName(path)} vanished while it was read"));

    /// <summary>Notes a file of the log, and gives its version; -1 for a file that is none.</summary>
    private static long Sort(string path, Dictionary<long, string> commits, List<(long Version, string Path)> checkpoints)
    {
        var name = Path.GetFileName(path);
        if (name.Length < 25 || !long.TryParse(name.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return -1;
        }

        var rest = name[20..];
        if (rest == ".json")
        {
            commits[version] = path;
            return version;
        }

        if (rest.StartsWith(".checkpoint.", StringComparison.Ordinal) && (rest.EndsWith(".parquet", StringComparison.Ordinal) || rest.EndsWith(".json", StringComparison.Ordinal)))
        {
            checkpoints.Add((version, path));
            return version;
        }

        return -1;
    }
}
