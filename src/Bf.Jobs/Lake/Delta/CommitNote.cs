using System.Globalization;

namespace Bf.Jobs.Lake.Delta;

/// <summary>What a commit says about itself, under the names that Delta's own writers use, so that any reader's history shows it.</summary>
internal static class CommitNote
{
    public const string Run = "run", Command = "command", Arguments = "arguments", Source = "source", First = "firstTs", Last = "lastTs", Symbols = "symbols";
    public const string Added = "numTargetRowsInserted", Changed = "numTargetRowsUpdated", Removed = "numTargetRowsDeleted";

    private const string AddedFiles = "numAddedFiles", RemovedFiles = "numRemovedFiles";
    private static readonly string Engine = $"bf/{typeof(CommitNote).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>The note of a change.</summary>
    public static CommitInfo Of(Change change, Author? author, long now)
    {
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (author is not null)
        {
            parameters[Run] = author.Run;
            parameters[Command] = author.Command;
            parameters[Arguments] = author.Arguments;
        }

        foreach (var (name, value) in change.Parameters)
        {
            parameters[name] = value;
        }

        var (written, bytes) = Sizes(change.Add);
        var rows = !change.ChangesData ? new RowCounts(0, 0, 0) : change.Rows ?? new(written, 0, Sizes(change.Remove).Rows);
        return new CommitInfo
        {
            Timestamp = now,
            Operation = change.Operation,
            Parameters = parameters,
            Metrics = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                [AddedFiles] = Text(change.Add.Count), [RemovedFiles] = Text(change.Remove.Count),
                ["numOutputRows"] = Text(written), ["numOutputBytes"] = Text(bytes),
                [Added] = Text(rows.Added), [Changed] = Text(rows.Changed), [Removed] = Text(rows.Removed),
            },
            EngineInfo = Engine,
        };
    }

    /// <summary>Whether an entry of the log has all its lines, as far as one can tell: an entry that was cut between two lines is no worse JSON.</summary>
    public static bool IsWhole(List<LogLine> lines)
    {
        CommitInfo? info = null;
        var (added, removed) = (0, 0);
        foreach (var line in lines)
        {
            info ??= line.CommitInfo;
            added += line.Add is null ? 0 : 1;
            removed += line.Remove is null ? 0 : 1;
        }

        return lines.Count > 0 && (info?.EngineInfo?.StartsWith("bf/", StringComparison.Ordinal) != true || (Is(AddedFiles, added) && Is(RemovedFiles, removed)));

        bool Is(string metric, int count) => !info!.Metrics.TryGetValue(metric, out var text) || text == Text(count);
    }

    private static (long Rows, long Bytes) Sizes(List<AddFile> files)
    {
        var (rows, bytes) = (0L, 0L);
        foreach (var file in files)
        {
            rows += FileStatistics.Of(file).Rows ?? 0;
            bytes += file.Size;
        }

        return (rows, bytes);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
