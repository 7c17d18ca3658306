namespace Bf.Sources.Synthetic;

/// <summary>What a synthetic market is made from; equal settings make equal bytes on any machine.</summary>
/// <param name="Count">Symbols that are ever listed, 1 to 100,000.</param>
/// <param name="Years">Years from the first session to 2025-01-01, 1 to 50.</param>
/// <param name="Seed">What all chance comes from.</param>
public sealed record SyntheticSettings(int Count, int Years, long Seed)
{
    private const int Anchor = 2025;

    /// <summary>Tickers to be used, as many as <see cref="Count"/>: their symbols are listed from the first session to the last. Else there are invented ones, which come and go.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The last day; another one leaves the earlier bars as they are, but for adjusted closes before a later split or dividend.</summary>
    public DateOnly End { get; init; } = new(Anchor - 1, 12, 31);

    /// <summary>The day on which the market opens: it hangs on <see cref="Years"/> alone, so that a market can grow.</summary>
    public DateOnly Start => new(Anchor - Years, 1, 1);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="FormatException">A setting lies outside; the message says which.</exception>
    public void Check()
    {
        if (Count is < 1 or > 100_000)
        {
            throw new FormatException($"a synthetic market has 1 to 100000 symbols, not {Count}");
        }

        if (Years is < 1 or > 50)
        {
            throw new FormatException($"a synthetic market has 1 to 50 years, not {Years}");
        }

        if (End < Start || End.Year > Anchor + 25)
        {
            throw new FormatException($"a synthetic market of {Years} years begins on {Start:yyyy-MM-dd} and ends by {Anchor + 25}: it can't end on {End:yyyy-MM-dd}. Take more years, or another end");
        }
    }
}
