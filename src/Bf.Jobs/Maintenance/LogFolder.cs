using System.Globalization;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Maintenance;

/// <summary>What lies in a table's log folder: entries and checkpoints by version, as they are named.</summary>
internal sealed class LogFolder
{
    private LogFolder()
    {
    }

    /// <summary>The versions that have an entry, in order.</summary>
    public SortedSet<long> Entries { get; } = [];

    /// <summary>The checkpoints' files, by version.</summary>
    public SortedDictionary<long, List<string>> Checkpoints { get; } = [];

    /// <summary>The newest version that anything names; -1 when nothing does.</summary>
    public long Newest => Math.Max(Entries.Count > 0 ? Entries.Max : -1, Checkpoints.Count > 0 ? Checkpoints.Keys.Last() : -1);

    /// <summary>Looks into a table's log folder.</summary>
    public static LogFolder Of(DataLake lake, string table)
    {
        var folder = new LogFolder();
        foreach (var file in lake.Store.List($"{table}/_delta_log"))
        {
            var name = Path.GetFileName(file.Path);
            if (name.Length < 25 || !long.TryParse(name.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            {
                continue;
            }

            if (name.Length == 25 && name.EndsWith(".json", StringComparison.Ordinal))
            {
                folder.Entries.Add(version);
            }
            else if (name.AsSpan(20).StartsWith(".checkpoint."))
            {
                if (!folder.Checkpoints.TryGetValue(version, out var files))
                {
                    folder.Checkpoints[version] = files = [];
                }

                files.Add(file.Path);
            }
        }

        return folder;
    }

    /// <summary>The commits from the newest back, as long as their entries are there.</summary>
    public IEnumerable<Commit> Back(DeltaLog log)
    {
        for (var version = Newest; Entries.Contains(version); version--)
        {
            yield return Commit.Of(version, log.Commit(version)!);
        }
    }
}

/// <summary>One commit of a table.</summary>
internal sealed record Commit(long Version, CommitInfo Info, IReadOnlyList<AddFile> Added, IReadOnlyList<RemoveFile> Removed)
{
    /// <summary>The run that made it, when the commit says so.</summary>
    public string? Run => Info.Parameters.GetValueOrDefault(CommitNote.Run);

    /// <summary>The command that made it, when the commit says so.</summary>
    public string? Command => Info.Parameters.GetValueOrDefault(CommitNote.Command);

    /// <summary>When it was made, if the commit says so.</summary>
    public DateTimeOffset? When => Info.Timestamp is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    /// <summary>Whether rows changed.</summary>
    public bool ChangesData => Added.Any(f => f.DataChange) || Removed.Any(f => f.DataChange);

    public static Commit Of(long version, IReadOnlyList<LogLine> lines) => new(
        version,
        lines.FirstOrDefault(l => l.CommitInfo is not null)?.CommitInfo ?? new(),
        [.. lines.Where(l => l.Add is not null).Select(l => l.Add!)],
        [.. lines.Where(l => l.Remove is not null).Select(l => l.Remove!)]);
}
