namespace Bf.Core.Breadth.Further;

/// <summary>The indicators that a run was asked for beyond the usual ones: each once, in the catalogue's order, then by length.</summary>
public sealed class FurtherSet
{
    private FurtherSet(FurtherIndicator[] indicators)
    {
        Indicators = indicators;
        Measures = [.. indicators.SelectMany(i => i.Counts).DistinctBy(m => m.Name)];
        Columns = [.. indicators.SelectMany(i => i.Columns).DistinctBy(c => c.Name).Where(c => !FurtherColumns.IsUsual(c.Name))];
        Counts = [.. Measures.Select(m => m.Name)];
        Text = string.Join(',', indicators.Select(i => i.Name));
        foreach (var indicator in indicators)
        {
            Reads |= indicator.Family.Reads;
        }
    }

    /// <summary>Nothing beyond the usual.</summary>
    public static FurtherSet None { get; } = new([]);

    /// <summary>The indicators.</summary>
    public IReadOnlyList<FurtherIndicator> Indicators { get; }

    /// <summary>The names of the counts that they need, as a tally carries them.</summary>
    public IReadOnlyList<string> Counts { get; }

    /// <summary>Their columns in the table <c>breadth</c>, without those that every run has.</summary>
    public IReadOnlyList<BreadthColumn> Columns { get; }

    /// <summary>The columns of bars that they read, beside symbol and time.</summary>
    public BarColumns Reads { get; }

    /// <summary>The names, between commas: the same for every way of asking for the same, and <see cref="Resolve"/> takes it; empty for none.</summary>
    public string Text { get; }

    /// <summary>What the kernel counts, in the order of <see cref="Counts"/>.</summary>
    internal IReadOnlyList<FurtherMeasure> Measures { get; }

    /// <summary>
    /// The set that a user asks for: names between commas, <c>all</c> being the standard indicators. An indicator may be named by any of
    /// its own columns, in any case; a column that every run has adds nothing.
    /// </summary>
    /// <param name="text">The names; null or nothing for <see cref="None"/>.</param>
    /// <exception cref="ArgumentException">A name is not known, or its length is not taken; the message says what may have been meant.</exception>
    public static FurtherSet Resolve(string? text)
    {
        var asked = new List<FurtherIndicator>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.ToLowerInvariant();
            if (name == FurtherIndicators.AllName)
            {
                asked.AddRange(FurtherIndicators.Standard);
            }
            else if (FurtherIndicators.Find(name) is { } indicator)
            {
                asked.Add(indicator);
            }
            else if (BreadthColumns.Find(name) is null)
            {
                throw new ArgumentException(FurtherIndicators.Unknown(part));
            }
        }

        return asked.Count == 0 ? None : new([.. asked.DistinctBy(i => i.Name).OrderBy(i => FurtherIndicators.Rank(i.Family)).ThenBy(i => i.Length)]);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
