using Bf.Core.Breadth.Indicators;

namespace Bf.Core.Breadth.Further;

/// <summary>
/// An indicator that is computed only where it was asked for, because it needs more of the bars than the usual counts:
/// its entry in the catalogue. One of any length is a family of indicators, N in its texts being the length.
/// A value at t depends on bars up to t alone.
/// </summary>
public abstract class FurtherFamily
{
    /// <summary>The name as a user types it, with N for the length.</summary>
    public abstract string Name { get; }

    /// <summary>The name for readers.</summary>
    public abstract string Title { get; }

    /// <summary>What it measures, in one line.</summary>
    public abstract string Measures { get; }

    /// <summary>How it is computed from bars.</summary>
    public abstract string Formula { get; }

    /// <summary>Where the definition was published.</summary>
    public abstract string Source { get; }

    /// <summary>What the source leaves open, and what was chosen; null where nothing is.</summary>
    public virtual string? Note => null;

    /// <summary>The numbers in the rule; none or one, the length.</summary>
    public virtual IReadOnlyList<IndicatorParameter> Parameters => [];

    /// <summary>The columns of bars that it reads.</summary>
    public abstract BarColumns Reads { get; }

    /// <summary>The indicators that <c>all</c> stands for, the default first.</summary>
    public abstract IReadOnlyList<FurtherIndicator> Standard { get; }

    /// <summary>The indicator that a name in lower case means, or null when the name is not of this family.</summary>
    /// <exception cref="ArgumentException">The name has a length that is not taken.</exception>
    internal abstract FurtherIndicator? Find(string name);

    /// <summary>The indicator of a length, or null where it is not taken.</summary>
    internal virtual FurtherIndicator? OfLength(int length) => null;

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
