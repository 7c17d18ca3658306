using System.Globalization;
using Bf.Jobs.Lake;
using Bf.Jobs.Maintenance;

namespace Bf.Jobs.Streaming.Checkpoints;

/// <summary>Removes log entries that checkpoints of the log make needless: a stream that commits every few seconds makes a hundred thousand a week.</summary>
internal static class OldVersions
{
    // Whoever slept for less and commits then finds that others were first.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Removes what is older than a day and before the last checkpoint but one.</summary>
    public static void Remove(DataLake lake, string table)
    {
        var log = LogFolder.Of(lake, table);
        if (log.Checkpoints.Count < 2)
        {
            return;
        }

        var cutoff = lake.Clock.GetUtcNow() - Kept;
        var first = log.Checkpoints.Keys.SkipLast(1).Last();
        foreach (var entry in log.Entries.Where(v => v < first))
        {
            lake.Store.DeleteOlder($"{table}/_delta_log/{entry.ToString("D20", CultureInfo.InvariantCulture)}.json", cutoff);
        }

        foreach (var file in log.Checkpoints.Where(c => c.Key < first).SelectMany(c => c.Value))
        {
            lake.Store.DeleteOlder(file, cutoff);
        }
    }
}
