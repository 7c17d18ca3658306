namespace Bf.Jobs.Fetch;

/// <summary>The bars of a symbol that the lake has.</summary>
/// <param name="Bars">How many.</param>
/// <param name="FirstTs">When the first begins, microseconds.</param>
/// <param name="LastTs">When the last begins.</param>
internal sealed record Held(long Bars, long FirstTs, long LastTs);

/// <summary>What a source was asked for of a symbol: a row of the table <c>fetches</c>.</summary>
/// <param name="From">From here on...</param>
/// <param name="To">...until before here, everything that the source has is in the lake.</param>
/// <param name="Next">Before this moment the source can have nothing new; 0 when that is not known.</param>
/// <param name="Bars">The bars that the lake had then: fewer now mean that some were taken out, and the row says nothing any more.</param>
internal sealed record Asked(long From, long To, long Next, long Bars);
