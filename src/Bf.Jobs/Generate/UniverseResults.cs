using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;

namespace Bf.Jobs.Generate;

/// <summary>A universe's series, score and thrusts, and which of their dates are to be written.</summary>
/// <param name="Universe">The universe.</param>
/// <param name="Panel">Counts and series.</param>
/// <param name="Score">Score, its parts and states, by the panel's dates.</param>
/// <param name="Memory">The thrusts, by the panel's dates.</param>
/// <param name="From">Index of the first date that is written.</param>
/// <param name="End">Index after the last.</param>
internal sealed record UniverseResults(Universe Universe, BreadthPanel Panel, BreadthScore Score, ThrustMemory Memory, int From, int End)
{
    /// <summary>Makes series, score and thrusts of a universe's counts, to be written from a date on.</summary>
    /// <param name="universe">The universe.</param>
    /// <param name="tally">Its counts.</param>
    /// <param name="from">Index of the first date that is written.</param>
    /// <param name="settings">How.</param>
    public static UniverseResults Of(Universe universe, BreadthTally tally, int from, GenerateSettings settings)
    {
        var panel = new BreadthPanel(tally, from);
        panel.Compute();
        return new(universe, panel, new BreadthScore(panel, from, settings.Score), new ThrustMemory(panel), from, tally.Count);
    }

    /// <summary>Index of the first date that is not before a time.</summary>
    public int IndexOf(long ts) => Array.BinarySearch(Panel.Ts, ts) is >= 0 and var at ? at : ~Array.BinarySearch(Panel.Ts, ts);
}
