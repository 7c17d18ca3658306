using Bf.Core.Quality.Checks;

namespace Bf.Core.Quality;

/// <summary>The catalogue of checks.</summary>
public static class QualityChecks
{
    /// <summary>Every check once, in the order in which they are shown.</summary>
    public static IReadOnlyList<QualityCheck> All { get; } =
    [
        new MissingSessions(), new ThinDates(), new OddPrices(), new Jumps(), new StaleRuns(), new ZeroVolume(),
        new NoShares(), new MembersWithoutBars(), new LateStarters(), new EarlyLeavers(), new Quarantined(),
    ];
}
