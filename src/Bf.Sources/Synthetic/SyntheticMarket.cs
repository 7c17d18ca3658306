using Bf.Core.Market;

namespace Bf.Sources.Synthetic;

/// <summary>
/// A market that never was, made from a seed: any number of symbols in sectors, bull and bear regimes, volatility in clusters, listings and
/// delistings, splits and dividends, halts, and breadth thrusts at dates that it tells. Each symbol can be made alone, in any order, on any
/// thread; a symbol's bars do not depend on how many others there are.
/// </summary>
public sealed class SyntheticMarket
{
    private readonly DateOnly[] _sessions;
    private readonly MarketPath _path;
    private readonly Dictionary<string, SymbolTraits> _traits;

    private SyntheticMarket(SyntheticSettings settings)
    {
        Settings = settings;
        _sessions = [.. ExchangeCalendar.Sessions(settings.Start, settings.End)];
        _path = new MarketPath(settings, _sessions.Length);
        var traits = Enumerable.Range(0, settings.Count).Select(i => new SymbolTraits(settings, i)).Where(t => t.Listed < _sessions.Length);
        _traits = traits.OrderBy(t => t.Ticker, StringComparer.Ordinal).ToDictionary(t => t.Ticker, StringComparer.Ordinal);
        Symbols = [.. _traits.Values.Select(Describe)];
        Thrusts = [.. _path.Plan.Thrusts.Select(t => new PlantedThrust(
            _sessions[t.Session], t.Detector, "twelve sessions in which 28 % of the symbols rise, then ten in which 97 % do"))];
    }

    /// <summary>What the market is made from.</summary>
    public SyntheticSettings Settings { get; }

    /// <summary>The days on which the exchange is open, ascending.</summary>
    public IReadOnlyList<DateOnly> Sessions => _sessions;

    /// <summary>The symbols that are listed by the market's end, by ticker in ordinal order.</summary>
    public IReadOnlyList<SyntheticSymbol> Symbols { get; }

    /// <summary>The thrusts that were planted, by date.</summary>
    public IReadOnlyList<PlantedThrust> Thrusts { get; }

    /// <summary>A market of settings.</summary>
    /// <exception cref="FormatException">A setting lies outside its range.</exception>
    public static SyntheticMarket Create(SyntheticSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Check();
        return new(settings);
    }

    /// <summary>The symbol of a ticker, or null when the market has none.</summary>
    public SyntheticSymbol? Find(string ticker) => _traits.TryGetValue(ticker, out var traits) ? Describe(traits) : null;

    /// <summary>The days of a symbol, with its splits, dividends and halts.</summary>
    /// <exception cref="ArgumentException">The market has no such symbol.</exception>
    public SyntheticHistory History(string ticker) =>
        _traits.TryGetValue(ticker, out var traits)
            ? new DailyPath(Settings, _sessions, _path, traits).Run(Describe(traits))
            : throw new ArgumentException($"the synthetic market has no symbol {ticker}");

    /// <summary>The bars of a symbol, ascending.</summary>
    /// <param name="ticker">A ticker of <see cref="Symbols"/>.</param>
    /// <param name="interval">1d or 5m.</param>
    /// <exception cref="ArgumentException">The market has no such symbol.</exception>
    /// <exception cref="FormatException">Another interval.</exception>
    public IEnumerable<Bar> Bars(string ticker, Interval interval) => interval.Name switch
    {
        "1d" => History(ticker).Days,
        "5m" => History(ticker).Days.SelectMany(day => Intraday(ticker, day)),
        _ => throw new FormatException($"a synthetic market has bars of 1d and 5m, not of {interval}"),
    };

    /// <summary>All bars, by symbol, then by time; one symbol's days are in memory at a time.</summary>
    public IEnumerable<Bar> Bars(Interval interval) => Symbols.SelectMany(s => Bars(s.Ticker, interval));

    private Bar[] Intraday(string ticker, Bar day)
    {
        var session = Timestamp.ToDate(day.Ts);
        return new IntradayPath(new(Settings.Seed, Chance.Intraday, _traits[ticker].Index, session.DayNumber), day, session).Run();
    }

    private SyntheticSymbol Describe(SymbolTraits traits) => new(
        traits.Ticker, MarketPath.Sectors[traits.Sector], _sessions[traits.Listed], _sessions[Math.Min(traits.Ends, _sessions.Length - 1)],
        traits.Ends < _sessions.Length - 1 ? traits.Fate : Fate.Survives);
}
