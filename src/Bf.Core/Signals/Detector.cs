using Bf.Core.Breadth;

namespace Bf.Core.Signals;

/// <summary>A number in a detector's rule.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; the catalogue's detectors have the published defaults.</param>
/// <param name="Meaning">What it does, in one line.</param>
public sealed record DetectorParameter(string Name, double Value, string Meaning);

/// <summary>
/// A rule that finds breadth thrusts: sudden, rare bursts of participation. Help, lists, docs and legends are made from
/// what it says about itself. Whether it fires at t depends on the dates up to t alone.
/// </summary>
public abstract class Detector
{
    /// <summary>The name in tables and on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The name for readers.</summary>
    public abstract string Title { get; }

    /// <summary>What it measures, in one line.</summary>
    public abstract string Measures { get; }

    /// <summary>When it fires.</summary>
    public abstract string Formula { get; }

    /// <summary>Where the rule was published.</summary>
    public abstract string Source { get; }

    /// <summary>The numbers in the rule.</summary>
    public abstract IReadOnlyList<DetectorParameter> Parameters { get; }

    /// <summary>What the watched value has to exceed.</summary>
    public abstract double Threshold { get; }

    /// <summary>The dates of a history that pass before the watched value is defined.</summary>
    public abstract int WarmUp { get; }

    /// <summary>The dates on which the rule fires, ascending.</summary>
    public abstract IReadOnlyList<ThrustFire> Fires(BreadthPanel panel);

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
