namespace Bf.Core.Breadth;

/// <summary>
/// A column of the table <c>breadth</c>: what there is to know about it, and its values. Tables, help, docs and charts
/// are made from these.
/// </summary>
public sealed class BreadthColumn
{
    private readonly Func<BreadthPanel, long[]>? _integers;
    private readonly Func<BreadthPanel, double[]>? _reals;
    private readonly Func<BreadthPanel, bool[]?> _known = _ => null;

    /// <summary>A count of the tally.</summary>
    internal BreadthColumn(string name, int warmUp, string unit, string measures, string formula, string source, TallyColumn counted)
        : this(name, warmUp, unit, measures, formula, source, "the count is not given", panel => panel.Tally[counted], panel => panel.Tally.Known(counted)) => Counted = counted;

    /// <summary>A column of integers.</summary>
    internal BreadthColumn(
        string name, int warmUp, string unit, string measures, string formula, string source, string undefined, Func<BreadthPanel, long[]> values, Func<BreadthPanel, bool[]?> known)
        : this(name, warmUp, unit, measures, formula, source, undefined) => (Kind, _integers, _known) = (ColumnKind.Integer, values, known);

    /// <summary>A column of doubles.</summary>
    internal BreadthColumn(
        string name, int warmUp, string unit, string measures, string formula, string source, string undefined, Func<BreadthPanel, double[]> values)
        : this(name, warmUp, unit, measures, formula, source, undefined) => (Kind, _reals) = (ColumnKind.Real, values);

    private BreadthColumn(string name, int warmUp, string unit, string measures, string formula, string source, string undefined) =>
        (Name, WarmUp, Unit, Measures, Formula, Source, Undefined) = (name, warmUp, unit, measures, formula, source, undefined);

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

    /// <summary>On which dates it is NULL beside those of its warm-up, in words that go on from "NULL where".</summary>
    public string Undefined { get; }

    /// <summary>The values of an integer column, an entry a date; what stands where it is not <see cref="Known"/> means nothing.</summary>
    /// <exception cref="InvalidOperationException">The column is <see cref="ColumnKind.Real"/>.</exception>
    /// <exception cref="OverflowException">A running sum does not fit 64 bits.</exception>
    public long[] Integers(BreadthPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        return panel.Once(this, _integers ?? throw new InvalidOperationException($"{Name} is a column of doubles"));
    }

    /// <summary>On which dates an integer column is known; null where it is on all.</summary>
    public bool[]? Known(BreadthPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        return _known(panel);
    }

    /// <summary>The values of a real column, an entry a date, NaN where undefined.</summary>
    /// <exception cref="InvalidOperationException">The column is <see cref="ColumnKind.Integer"/>.</exception>
    public double[] Reals(BreadthPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        return panel.Once(this, _reals ?? throw new InvalidOperationException($"{Name} is a column of integers"));
    }

    /// <summary>The value at a date as a double, whatever the kind; NaN where undefined.</summary>
    public double At(BreadthPanel panel, int index) =>
        _integers is null ? Reals(panel)[index] : Known(panel) is { } known && !known[index] ? double.NaN : Integers(panel)[index];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
