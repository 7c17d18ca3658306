using Bf.Core.Market;
using Bf.Core.Statistics;

namespace Bf.Jobs.Signals;

/// <summary>What to evaluate.</summary>
/// <param name="Universe">Where the detectors fire.</param>
/// <param name="Index">The universe whose index is followed after a fire.</param>
/// <param name="Interval">The bars' length.</param>
/// <param name="Detectors">The names of detectors; all of the catalogue when empty.</param>
/// <param name="Horizons">Horizons in dates, each at least 1.</param>
/// <param name="Draws">How often chance is drawn.</param>
/// <param name="Seed">Where chance begins.</param>
public sealed record EvaluateRequest(
    Universe Universe, Universe Index, Interval Interval, IReadOnlyList<string> Detectors, IReadOnlyList<int> Horizons, int Draws = EvaluateRequest.UsualDraws, long Seed = EvaluateRequest.UsualSeed)
{
    /// <summary>So many draws leave p-values right to about 0.002.</summary>
    public const int UsualDraws = 10_000;

    /// <summary>Where chance begins unless told otherwise.</summary>
    public const long UsualSeed = 1;

    /// <summary>What is evaluated unless told otherwise: every detector over the usual horizons, on the universe's own index.</summary>
    public static EvaluateRequest Usual(Universe universe, Interval interval) => new(universe, universe, interval, [], ThrustFollowUp.UsualHorizons, UsualDraws, UsualSeed);
}
