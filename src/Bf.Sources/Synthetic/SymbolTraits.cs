using Bf.Core.Statistics;

namespace Bf.Sources.Synthetic;

/// <summary>What a symbol is like, known before its first session; its sessions count from the market's first.</summary>
internal sealed class SymbolTraits
{
    private const double FailuresAndOffersAYear = 0.04;
    private const int SessionsAYear = 240; // fewer than any year has, so that every symbol is listed in time

    public SymbolTraits(SyntheticSettings settings, int index)
    {
        var random = new RandomStream(settings.Seed, Chance.Traits, index);
        Index = index;
        Ticker = settings.Names?[index] ?? Tickers.Of(index);
        Sector = random.Below(MarketPath.Sectors.Length);
        Beta = random.Between(0.5, 1.6);
        SectorBeta = random.Between(0.4, 1.4);
        Volatility = 0.009 + (0.022 * random.Share() * random.Share());
        StartPrice = Math.Clamp(ExactMath.Exp(3.6 + (0.7 * random.Normal())), 4, 400);
        UsualVolume = ExactMath.Exp(Math.Clamp(13 + (1.3 * random.Normal()), 8, 18));
        SplitsAbove = random.Between(70, 320);
        Dividend = random.Happens(0.45) ? random.Between(0.002, 0.009) : 0;
        DividendSession = random.Below(63);
        EarningsSession = random.Below(63);
        GapChance = random.Happens(0.04) ? random.Between(0.002, 0.012) : 0;
        var late = random.Happens(0.4);
        Listed = late && settings.Names is null ? random.Below(settings.Years * SessionsAYear) : 0;
        var years = -ExactMath.Log(random.Share()) / FailuresAndOffersAYear;
        Ends = settings.Names is null ? Listed + 250 + (int)Math.Min(years * SessionsAYear, 1e6) : int.MaxValue / 2;
        Fate = random.Happens(0.65) ? Fate.Fails : Fate.IsAcquired;
    }

    public int Index { get; }

    public string Ticker { get; }

    /// <summary>Index into <see cref="MarketPath.Sectors"/>.</summary>
    public int Sector { get; }

    public double Beta { get; }

    public double SectorBeta { get; }

    /// <summary>Usual volatility of what is its own, a session.</summary>
    public double Volatility { get; }

    public double StartPrice { get; }

    public double UsualVolume { get; }

    /// <summary>The price above which it will split.</summary>
    public double SplitsAbove { get; }

    /// <summary>What it pays a quarter, as a share of its price; 0 for none.</summary>
    public double Dividend { get; }

    /// <summary>The session of a quarter (63) before which a dividend is paid.</summary>
    public int DividendSession { get; }

    /// <summary>The session of a quarter (63) in which its news comes.</summary>
    public int EarningsSession { get; }

    /// <summary>The chance that trading halts in a session.</summary>
    public double GapChance { get; }

    /// <summary>Its first session.</summary>
    public int Listed { get; }

    /// <summary>Its last session, when the market lasts so long.</summary>
    public int Ends { get; }

    /// <summary>How it ends then.</summary>
    public Fate Fate { get; }

    /// <summary>What its fate does to a session's return, and to how much of the usual ups and downs it takes part in.</summary>
    public (double Drift, double Liveliness) Foreshadowed(int session) => (Fate, Ends - session) switch
    {
        (Fate.Fails, < 120) => (-0.009, 2),
        (Fate.IsAcquired, 40) => (0.25, 1),
        (Fate.IsAcquired, < 40) => (0, 0.1),
        _ => (0.0001, 1),
    };
}
