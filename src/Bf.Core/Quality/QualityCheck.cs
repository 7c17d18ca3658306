using Bf.Core.Market;

namespace Bf.Core.Quality;

/// <summary>A number in a check's rule.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; shares are fractions.</param>
/// <param name="Meaning">What it does, in one line.</param>
public sealed record QualityThreshold(string Name, double Value, string Meaning);

/// <summary>
/// A kind of fault that bars may have. It marks and warns; no bar is altered or left out. Help, docs and output are made from what it
/// says about itself.
/// </summary>
public abstract class QualityCheck
{
    /// <summary>The name in output and on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The name for readers.</summary>
    public abstract string Title { get; }

    /// <summary>What it looks for, exactly.</summary>
    public abstract string LooksFor { get; }

    /// <summary>What such bars do to breadth, thrusts and score.</summary>
    public abstract string Matters { get; }

    /// <summary>What to do about it.</summary>
    public abstract string ToDo { get; }

    /// <summary>The numbers in the rule.</summary>
    public virtual IReadOnlyList<QualityThreshold> Thresholds => [];

    /// <summary>What was found, in one sentence.</summary>
    public abstract string Say(Evidence evidence);

    /// <summary>Whether what was found changes the signals; else it is worth knowing only.</summary>
    public virtual bool IsWarning(Evidence evidence) => true;

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}

/// <summary>A check that looks at one symbol's bars at a time, so that any number of symbols needs the memory of one.</summary>
public abstract class SymbolCheck : QualityCheck
{
    /// <summary>Looks at a symbol.</summary>
    /// <param name="bars">Its bars, at least one.</param>
    /// <param name="calendar">The universe's dates.</param>
    /// <param name="evidence">Where what is found goes.</param>
    public abstract void Look(BarSeries bars, MarketCalendar calendar, Evidence evidence);
}

/// <summary>A check that looks at the universe as a whole.</summary>
public abstract class MarketCheck : QualityCheck
{
    /// <summary>Looks at the universe.</summary>
    public abstract void Look(MarketFacts facts, Evidence evidence);
}
