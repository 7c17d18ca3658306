using Bf.Core.Market;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Generate;

/// <summary>
/// How far the results of a universe have come, as the tables' own <c>txn</c> actions say: the version of the bars that they were made
/// from, and the fingerprint of what else they rest on.
/// </summary>
internal sealed record Progress(long? BarsVersion, long? Fingerprint)
{
    /// <summary>The progress that a table has stored for a universe.</summary>
    public static Progress In(Snapshot table, Interval interval, string universe) =>
        new(table.TxnOf(Version(interval, universe)), table.TxnOf(Settings(interval, universe)));

    /// <summary>The actions that store progress, to be part of the commit that makes it.</summary>
    public static IEnumerable<Txn> ToTxns(Interval interval, string universe, long barsVersion, long fingerprint) =>
    [
        new() { AppId = Version(interval, universe), Version = barsVersion },
        new() { AppId = Settings(interval, universe), Version = fingerprint },
    ];

    private static string Version(Interval interval, string universe) => $"bf:{interval}:{universe}:bars";

    private static string Settings(Interval interval, string universe) => $"bf:{interval}:{universe}:settings";
}
