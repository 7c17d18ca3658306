using Bf.Core.Breadth;
using Bf.Core.Market;

namespace Bf.Jobs.Generate;

/// <summary>What to compute.</summary>
/// <param name="Universes">The universes, each once: their bars are read in one pass.</param>
/// <param name="Interval">The bars' length.</param>
/// <param name="From">Rows are written from here on, microseconds; null for all.</param>
/// <param name="To">Rows are written up to here, inclusive; null for all.</param>
/// <param name="Force">Whether to compute everything anew.</param>
public sealed record GenerateRequest(IReadOnlyList<Universe> Universes, Interval Interval, long? From = null, long? To = null, bool Force = false)
{
    /// <summary>Which indicators, and how the score is made.</summary>
    public GenerateSettings Settings { get; init; } = GenerateSettings.Usual;

    /// <summary>A request for one universe.</summary>
    public GenerateRequest(Universe universe, Interval interval, long? from = null, long? to = null, bool force = false)
        : this([universe], interval, from, to, force)
    {
    }
}

/// <summary>How a result came about.</summary>
public enum GenerateMode
{
    /// <summary>There was nothing new.</summary>
    Nothing,
    /// <summary>Only new bars were read.</summary>
    Incremental,
    /// <summary>All bars were read.</summary>
    Full,
    /// <summary>The lake has no bar of any member.</summary>
    Empty,
}

/// <summary>What was computed for a universe.</summary>
/// <param name="Universe">The universe.</param>
/// <param name="Mode">How.</param>
/// <param name="Why">Why everything was computed anew, when it was.</param>
/// <param name="Rows">Dates written.</param>
/// <param name="Thrusts">Thrusts written.</param>
/// <param name="Thin">The dates written that have too few symbols.</param>
public sealed record UniverseResult(Universe Universe, GenerateMode Mode, string? Why, int Rows, int Thrusts, IReadOnlyList<ThinDate> Thin);

/// <summary>What was computed.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Universes">The outcome for each universe, in the order asked for.</param>
/// <param name="BarsRead">Bars read; of imported counts, dates.</param>
/// <param name="Symbols">Symbols read.</param>
/// <param name="Timings">Milliseconds by stage.</param>
public sealed record GenerateResult(string Run, IReadOnlyList<UniverseResult> Universes, long BarsRead, int Symbols, IReadOnlyDictionary<string, double> Timings)
{
    /// <summary>Dates written, of all universes.</summary>
    public int Rows => Total(u => u.Rows);

    /// <summary>Thrusts written, of all universes.</summary>
    public int Thrusts => Total(u => u.Thrusts);

    /// <summary>How the first universe's result came about.</summary>
    public GenerateMode Mode => Universes[0].Mode;

    /// <summary>Why everything was computed anew for the first universe, when it was.</summary>
    public string? Why => Universes[0].Why;

    /// <summary>The thin dates of the first universe.</summary>
    public IReadOnlyList<ThinDate> Thin => Universes[0].Thin;

    private int Total(Func<UniverseResult, int> count)
    {
        var total = 0;
        foreach (var universe in Universes)
        {
            total += count(universe);
        }

        return total;
    }
}
