using Bf.Core.Breadth;

namespace Bf.Core.Signals;

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

    /// <summary>What the source leaves open, or could not be checked, and what was chosen; null where nothing is.</summary>
    public virtual string? Note => null;

    /// <summary>The numbers in the rule.</summary>
    public abstract IReadOnlyList<DetectorParameter> Parameters { get; }

    /// <summary>What the watched value has to exceed.</summary>
    public abstract double Threshold { get; }

    /// <summary>The columns of the table <c>breadth</c> that the rule reads.</summary>
    public abstract IReadOnlyList<string> Inputs { get; }

    /// <summary>The dates of a history that pass before the watched value is defined.</summary>
    public abstract int WarmUp { get; }

    /// <summary>The dates on which the rule fires, ascending.</summary>
    public abstract IReadOnlyList<ThrustFire> Fires(BreadthPanel panel);

    /// <summary>
    /// On which dates, at the close, the rule is armed: what has to come before a thrust was seen, and the next date may still fire on it.
    /// Null for a rule that needs nothing before.
    /// </summary>
    public virtual bool[]? Armed(BreadthPanel panel) => null;

    /// <summary>The same rule with another number in it.</summary>
    /// <param name="parameter">The name of one of <see cref="Parameters"/>.</param>
    /// <param name="value">What it is to be.</param>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside the parameter's range.</exception>
    public Detector With(string parameter, double value)
    {
        var at = Array.FindIndex([.. Parameters], p => p.Name == parameter);
        if (at < 0)
        {
            throw new ArgumentException($"{Name} has no parameter {parameter}; it has {string.Join(", ", Parameters.Select(p => p.Name))}", nameof(parameter));
        }

        if (!(value >= Parameters[at].Least && value <= Parameters[at].Most))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"{parameter} of {Name} lies between {Parameters[at].Least} and {Parameters[at].Most}");
        }

        double[] values = [.. Parameters.Select(p => p.Value)];
        values[at] = value;
        return Of(values);
    }

    /// <summary>The same rule with these numbers, in the order of <see cref="Parameters"/>.</summary>
    private protected abstract Detector Of(double[] values);

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
