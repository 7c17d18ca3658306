namespace Bf.Jobs.Lake.Delta;

/// <summary>
/// Whether a change that lost to another writer can be committed after it as it is (Delta's optimistic concurrency): what it was made from must still be true.
/// Then nothing is written anew, and of many that append at once each pays for a log entry only.
/// </summary>
internal static class Rebase
{
    /// <summary>Whether a change made from one snapshot holds for a later one.</summary>
    public static bool Holds(Change change, Snapshot before, Snapshot now) =>
        change.Holds is { } holds
        && change.MetaData is null && change.Txns.Count == 0
        && (!before.Exists || (before.MetaData == now.MetaData && before.Protocol == now.Protocol))
        && change.Remove.TrueForAll(now.Has)
        && !LostRows(before, now)
        && holds([.. now.Files.Where(f => !before.Has(f))]);

    /// <summary>Whether rows went, or other values took their place; files that were only laid anew lost none.</summary>
    private static bool LostRows(Snapshot before, Snapshot now)
    {
        var gone = before.Files.Where(f => !now.Has(f)).Select(f => DataPath.Canonical(f.Path)).ToHashSet(StringComparer.Ordinal);
        return gone.Count > 0 && now.Removed.Any(r => r.DataChange && gone.Contains(DataPath.Canonical(r.Path)));
    }
}
