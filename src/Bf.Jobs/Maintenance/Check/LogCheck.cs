using System.Globalization;
using System.Text.Json;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Maintenance;

/// <summary>
/// Reads a table's log from its beginning, entry by entry, without help of checkpoints; then holds each checkpoint against what the
/// entries add up to.
/// </summary>
internal sealed class LogCheck(DataLake lake, string table)
{
    private readonly LogFolder _folder = LogFolder.Of(lake, table);
    private readonly DeltaLog _log = LakeTables.Log(lake, table);
    private readonly List<Finding> _findings = [];

    /// <summary>The table at its newest version as the entries alone have it; null when they don't reach.</summary>
    public Snapshot? Replayed { get; private set; }

    /// <summary>The checkpoints' files that say nothing, or something wrong.</summary>
    public List<string> BrokenCheckpoints { get; } = [];

    /// <summary>The paths of all data files that any entry added.</summary>
    public HashSet<string> EverAdded { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong.</summary>
    public List<Finding> Run()
    {
        var first = _folder.Entries.Count > 0 ? _folder.Entries.Min : _folder.Newest + 1;
        var snapshot = Start(first);
        for (var version = first; version <= _folder.Newest; version++)
        {
            snapshot = Step(snapshot, version);
            CheckCheckpoint(snapshot, version);
        }

        Replayed = snapshot;
        CheckHint();
        return _findings;
    }

    /// <summary>What the first entry goes on from: nothing, or a checkpoint when older entries were cleaned away.</summary>
    private Snapshot? Start(long first)
    {
        if (first == 0)
        {
            return new Snapshot();
        }

        foreach (var version in _folder.Checkpoints.Keys.Where(v => v >= first - 1))
        {
            if (TryRead(version) is { } snapshot && version == first - 1)
            {
                return snapshot;
            }
        }

        if (!_folder.Checkpoints.Keys.Any(v => v >= first - 1))
        {
            Damaged(0, "is missing, and no checkpoint covers it");
        }

        return null; // a checkpoint further on is the base: it can only be read, not held against entries
    }

    private Snapshot? Step(Snapshot? before, long version)
    {
        try
        {
            var lines = _log.Commit(version);
            if (lines is null)
            {
                Damaged(version, "is missing");
                return null;
            }

            foreach (var line in lines)
            {
                if (line.Add is { } add)
                {
                    EverAdded.Add(add.Path);
                }
            }

            return before?.After(lines);
        }
        catch (DeltaException e)
        {
            Damaged(version, Problem(e));
            return null;
        }
    }

    private static string Problem(DeltaException e) => e.Problem is { } problem ? problem[(problem.IndexOf(' ', "the checkpoint ".Length) + 1)..] : e.Message;

    private void Damaged(long version, string problem)
    {
        var name = $"_delta_log/{version.ToString("D20", CultureInfo.InvariantCulture)}.json";
        var covered = _folder.Checkpoints.Keys.Any(v => v >= version);
        var advice = covered ? "the newest version can still be read, by a checkpoint; put the entry back from a backup to read older ones"
            : version == _folder.Newest && version > 0 ? $"put it back from a backup; without one, move it away: the table is then as it was at version {version - 1}; after that: bf signals generate --force-recalculate"
            : "put it back from a backup";
        _findings.Add(new(table, name, problem, advice));
    }

    private void CheckCheckpoint(Snapshot? replayed, long version)
    {
        if (_folder.Checkpoints.ContainsKey(version) && TryRead(version) is { } read && replayed is not null && !Same(read, replayed))
        {
            Broken(version, "says something else than the log's entries");
        }
    }

    private Snapshot? TryRead(long version)
    {
        var complete = CheckpointReader.Complete(_folder.Checkpoints[version].Select(f => (version, f))).FirstOrDefault();
        if (complete is null)
        {
            Broken(version, "lacks some of its parts");
            return null;
        }

        try
        {
            var snapshot = new Snapshot();
            foreach (var file in _folder.Checkpoints[version])
            {
                lake.Store.LocateAnew(file); // a copy that was damaged here must not pass for the lake's own
            }

            CheckpointReader.Read(lake.Store, _log.Place, complete, snapshot);
            snapshot.Reach(version);
            return snapshot;
        }
        catch (DeltaException e)
        {
            Broken(version, Problem(e));
            return null;
        }
    }

    private void Broken(long version, string problem)
    {
        BrokenCheckpoints.AddRange(_folder.Checkpoints[version]);
        _findings.Add(new(table, $"_delta_log/{Path.GetFileName(_folder.Checkpoints[version][0])}", problem,
            $"the log's entries hold all that it says: bf table check {table} --repair makes a new one", Repair.Checkpoint));
    }

    private static bool Same(Snapshot a, Snapshot b) =>
        a.MetaData?.Id == b.MetaData?.Id && a.MetaData?.SchemaString == b.MetaData?.SchemaString
        && a.Protocol?.MinReaderVersion == b.Protocol?.MinReaderVersion && a.Protocol?.MinWriterVersion == b.Protocol?.MinWriterVersion
        && a.Files.Select(f => (f.Path, f.Size)).ToHashSet().SetEquals(b.Files.Select(f => (f.Path, f.Size)))
        && a.Txns.Select(t => (t.AppId, t.Version)).ToHashSet().SetEquals(b.Txns.Select(t => (t.AppId, t.Version)));

    private void CheckHint()
    {
        if (lake.Store.Read($"{table}/_delta_log/_last_checkpoint") is { } hint && !Leads(hint))
        {
            _findings.Add(new(table, "_delta_log/_last_checkpoint", "does not lead to a checkpoint; other readers may fail over it", $"bf table check {table} --repair makes it anew", Repair.Checkpoint));
        }
    }

    private bool Leads(byte[] hint)
    {
        try
        {
            using var json = JsonDocument.Parse(hint);
            return json.RootElement.GetProperty("version").TryGetInt64(out var version) && _folder.Checkpoints.ContainsKey(version);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return false;
        }
    }
}
