namespace Bf.Core.Breadth.Indicators;

/// <summary>
/// A way of measuring breadth, and the columns of the table <c>breadth</c> that hold it. Tables, help, docs and charts are made from
/// what it says about itself. A value at t depends on the dates up to t alone.
/// </summary>
public abstract class Indicator
{
    /// <summary>The name in the catalogue and on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The name for readers.</summary>
    public abstract string Title { get; }

    /// <summary>What it measures, in one line.</summary>
    public abstract string Measures { get; }

    /// <summary>Where it was published.</summary>
    public abstract string Source { get; }

    /// <summary>What the source leaves open, and what was chosen; null where nothing is.</summary>
    public virtual string? Note => null;

    /// <summary>The numbers in its formula.</summary>
    public virtual IReadOnlyList<IndicatorParameter> Parameters => [];

    /// <summary>What it writes.</summary>
    public abstract IReadOnlyList<BreadthColumn> Columns { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
