using System.Globalization;
using System.Text;
using System.Text.Json;
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
        var checkpoints = new Dictionary<long, List<string>>();
        var newest = -1L;
        foreach (var file in store.List(_folder))
        {
            newest = Math.Max(newest, Sort(file.Path, commits, checkpoints));
        }

        var snapshot = new Snapshot();
        var target = version ?? newest;
        if (newest < 0)
        {
            return version is null ? snapshot : throw new DeltaException($"{Place} has no version {version}: the table does not exist");
        }

        if (target > newest)
        {
            throw new DeltaException($"{Place} has no version {version}: the newest is {newest}");
        }

        var from = 0L;
        if (Checkpoint.Newest(checkpoints, target) is { } checkpoint)
        {
            Checkpoint.Read(store, Place, checkpoint.Files, snapshot);
            snapshot.Reach(checkpoint.Version);
            from = checkpoint.Version + 1;
        }

        for (var v = from; v <= target; v++)
        {
            if (!commits.TryGetValue(v, out var path))
            {
                throw Damaged($"the log entry {NameOf(v)} is missing, and no checkpoint covers it");
            }

            foreach (var line in ReadCommit(path))
            {
                snapshot.Apply(line);
            }

            snapshot.Reach(v);
        }

        Features.CheckReadable(Place, snapshot);
        return snapshot;
    }

    /// <summary>The version that was the newest at a moment.</summary>
    /// <exception cref="DeltaException">The table is younger.</exception>
    public long VersionAt(DateTimeOffset moment)
    {
        var found = -1L;
        foreach (var file in store.List(_folder))
        {
            var name = Path.GetFileName(file.Path);
            if (name.Length == 25 && name.EndsWith(".json", StringComparison.Ordinal) && long.TryParse(name.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            {
                var written = ReadCommit(file.Path).FirstOrDefault(l => l.CommitInfo?.Timestamp is not null)?.CommitInfo?.Timestamp ?? file.Modified.ToUnixTimeMilliseconds();
                found = written <= moment.ToUnixTimeMilliseconds() ? Math.Max(found, version) : found;
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

    private DeltaException Damaged(string problem, Exception? cause = null) => DeltaException.Damaged(Place, problem, cause);

    private static string NameOf(long version) => $"{version.ToString("D20", CultureInfo.InvariantCulture)}.json";

    private string PathOf(long version) => $"{_folder}/{NameOf(version)}";

    private List<LogLine> ReadCommit(string path)
    {
        var content = store.Read(path) ?? throw new DeltaException($"{Place}: the log entry {Path.GetFileName(path)} vanished while it was read");
        var lines = new List<LogLine>();
        var number = 0;
        for (int start = 0, end; start < content.Length; start = end + 1)
        {
            number++;
            end = Array.IndexOf(content, (byte)'\n', start);
            end = end < 0 ? content.Length : end;
            if (end - start <= 1)
            {
                continue; // nothing, or a carriage return
            }

            try
            {
                lines.Add(LogJson.Read(content.AsMemory(start, end - start)));
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
            {
                throw Damaged($"the log entry {Path.GetFileName(path)} is damaged in line {number} ({e.Message.Split('.')[0]})", e);
            }
        }

        return CommitNote.IsWhole(lines) ? lines : throw Damaged($"the log entry {Path.GetFileName(path)} is cut short");
    }

    /// <summary>Notes a file of the log, and gives its version; -1 for a file that is none.</summary>
    private static long Sort(string path, Dictionary<long, string> commits, Dictionary<long, List<string>> checkpoints)
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

        if (rest.StartsWith(".checkpoint.", StringComparison.Ordinal) && rest.EndsWith(".parquet", StringComparison.Ordinal))
        {
            if (!checkpoints.TryGetValue(version, out var files))
            {
                checkpoints[version] = files = [];
            }

            files.Add(path);
            return version;
        }

        return -1;
    }
}
