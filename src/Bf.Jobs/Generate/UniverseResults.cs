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
internal sealed record UniverseResults(Universe Universe, BreadthPanel Panel, BreadthScore Score, ThrustMemory Memory, int From, int End);
