namespace Bf.Sources.Synthetic;

/// <summary>How a symbol of a synthetic market ends.</summary>
public enum Fate
{
    /// <summary>It is listed to the market's end.</summary>
    Survives,
    /// <summary>It falls for months, then is delisted.</summary>
    Fails,
    /// <summary>It jumps on an offer, stands still, then is delisted.</summary>
    IsAcquired,
}

/// <summary>A symbol of a synthetic market.</summary>
/// <param name="Ticker">Its invented ticker.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="Listed">Its first session.</param>
/// <param name="Last">Its last session, not after the market's.</param>
/// <param name="Fate">How it ends, if that is not after the market's end.</param>
public sealed record SyntheticSymbol(string Ticker, string Sector, DateOnly Listed, DateOnly Last, Fate Fate);
