namespace Bf.Core.Breadth;

/// <summary>How a column's values are stored.</summary>
public enum ColumnKind
{
    /// <summary>64-bit integers, defined on every date on which their counts are known.</summary>
    Integer,
    /// <summary>Doubles, NaN where undefined.</summary>
    Real,
}

/// <summary>
/// A column of the table <c>breadth</c>: what there is to know about it, and its values. Tables, help, docs and charts
/// are made from these.
/// </summary>
public sealed class BreadthColumn
{
    private readonly Func<BreadthPanel, long[]>? _integers;
    private readonly Func<BreadthPanel, double[]>? _reals;
    private readonly Func<BreadthTally, bool[]?> _known = _ => null;

    internal BreadthColumn(string name, int warmUp, string unit, string measures, string formula, string source, TallyColumn counted)
        : this(name, warmUp, unit, measures, formula, source, panel => panel.Tally[counted], tally => tally.Known(counted)) => Counted = counted;

    internal BreadthColumn(
        string name, int warmUp, string unit, string measures, string formula, string source, Func<BreadthPanel, long[]> values, Func<BreadthTally, bool[]?> known)
        : this(name, warmUp, unit, measures, formula, source) => (Kind, _integers, _known) = (ColumnKind.Integer, values, known);

    internal BreadthColumn(
        string name, int warmUp, string unit, string measures, string formula, string source, Func<BreadthPanel, double[]> values)
        : this(name, warmUp, unit, measures, formula, source) => (Kind, _reals) = (ColumnKind.Real, values);

    private BreadthColumn(string name, int warmUp, string unit, string measures, string formula, string source) =>
        (Name, WarmUp, Unit, Measures, Formula, Source) = (name, warmUp, unit, measures, formula, source);

    /// <summary>The name in tables.</summary>
    public string Name { get; }

    /// <summary>Integers or doubles.</summary>
    public ColumnKind Kind { get; }

    /// <summary>The tally's column that this one shows; null for what is computed from the tally.</summary>
    public TallyColumn? Counted { get; }

    /// <summary>The dates of a history that pass before the column can have a value (an integer is 0 until then).</summary>
    public int WarmUp { get; }

    /// <summary>The unit, in words.</summary>
    public string Unit { get; }

    /// <summary>What the column measures, in one line.</summary>
    public string Measures { get; }

    /// <summary>How it is computed from other columns or from bars.</summary>
    public string Formula { get; }

    /// <summary>Where the definition was published; "count" for plain counts.</summary>
    public string Source { get; }

    /// <summary>The values of an integer column, an entry a date; what stands where it is not <see cref="Known"/> means nothing.</summary>
    /// <exception cref="InvalidOperationException">The column is <see cref="ColumnKind.Real"/>.</exception>
    public long[] Integers(BreadthPanel panel) =>
        (_integers ?? throw new InvalidOperationException($"{Name} is a column of doubles"))(panel);

    /// <summary>On which dates an integer column is known; null where it is on all.</summary>
    public bool[]? Known(BreadthPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        return _known(panel.Tally);
    }

    /// <summary>The values of a real column, an entry a date, NaN where undefined.</summary>
    /// <exception cref="InvalidOperationException">The column is <see cref="ColumnKind.Integer"/>.</exception>
    public double[] Reals(BreadthPanel panel) =>
        (_reals ?? throw new InvalidOperationException($"{Name} is a column of integers"))(panel);

    /// <summary>The value at a date as a double, whatever the kind; NaN where undefined.</summary>
    public double At(BreadthPanel panel, int index) =>
        _integers is null ? Reals(panel)[index] : Known(panel) is { } known && !known[index] ? double.NaN : _integers(panel)[index];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
