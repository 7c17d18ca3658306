using Bf.Core.Market;

namespace Bf.Sources.Synthetic;

/// <summary>A split: so many new shares for so many old ones, from a session on.</summary>
/// <param name="Date">The first session at the new price.</param>
/// <param name="New">New shares.</param>
/// <param name="Old">Old shares.</param>
public sealed record SyntheticSplit(DateOnly Date, int New, int Old);

/// <summary>All days of one symbol of a synthetic market.</summary>
public sealed class SyntheticHistory
{
    internal SyntheticHistory(SyntheticSymbol symbol, IReadOnlyList<Bar> days, IReadOnlyList<SyntheticSplit> splits, int dividends, int missing) =>
        (Symbol, Days, Splits, Dividends, Missing) = (symbol, days, splits, dividends, missing);

    /// <summary>The symbol.</summary>
    public SyntheticSymbol Symbol { get; }

    /// <summary>Its daily bars, ascending.</summary>
    public IReadOnlyList<Bar> Days { get; }

    /// <summary>Its splits, ascending.</summary>
    public IReadOnlyList<SyntheticSplit> Splits { get; }

    /// <summary>How often it paid a dividend.</summary>
    public int Dividends { get; }

    /// <summary>Sessions between its first and last in which it did not trade.</summary>
    public int Missing { get; }
}
