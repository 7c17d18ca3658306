using Bf.Core.Market;
using Bf.Core.Statistics;

namespace Bf.Sources.Synthetic;

/// <summary>
/// Makes the days of one symbol. Prices are whole numbers of ten-thousandths, so that they have four decimals exactly;
/// adjusted closes are whole ticks.
/// </summary>
internal sealed class DailyPath(SyntheticSettings settings, DateOnly[] sessions, MarketPath market, SymbolTraits traits)
{
    private const double Unit = 10_000;
    private const double LeastPrice = 100; // one cent
    private const double LeastMove = 0.002; // in a planted session, so that rounding can't undo the direction

    private readonly RandomStream _random = new(settings.Seed, Chance.Path, traits.Index);
    private readonly List<SyntheticSplit> _splits = [];
    private readonly Bar[] _days = new Bar[Math.Min(sessions.Length - 1, traits.Ends) - traits.Listed + 1];
    private readonly double[] _factors = new double[Math.Min(sessions.Length - 1, traits.Ends) - traits.Listed + 1];
    private VolatilityCluster _cluster;
    private int _count;
    private double _close;
    private double _shares = 1;
    private double _pending = 1; // what the prices before the next bar are divided by
    private int _halted;
    private int _last;
    private int _dividends;

    /// <summary>The history up to the market's end.</summary>
    public SyntheticHistory Run(SyntheticSymbol symbol)
    {
        _close = Math.Floor(traits.StartPrice * Unit);
        for (var t = traits.Listed; t < traits.Listed + _days.Length; t++)
        {
            Session(t, mayHalt: t > traits.Listed && t < traits.Ends);
        }

        Adjust();
        return new(symbol, new ArraySegment<Bar>(_days, 0, _count), _splits, _dividends, _last - traits.Listed + 1 - _count);
    }

    private void Session(int t, bool mayHalt)
    {
        Pay(t);
        var (drift, liveliness) = traits.Foreshadowed(t);
        var volatility = liveliness * traits.Volatility * _cluster.Volatility;
        var own = traits.Volatility * _cluster.Next(_random.Normal()) * (t % 63 == traits.EarningsSession ? 2.5 : 1);
        var shared = (traits.Beta * market.Market[t]) + (traits.SectorBeta * market.Sector[traits.Sector][t]);
        var change = (liveliness * (shared + own)) + drift;
        if (market.Plan.Rises(traits.Index, t) is { } rises)
        {
            change = Math.Max(Math.Abs(change), LeastMove) * (rises ? 1 : -1);
        }

        Trade(t, t == traits.Listed ? 0 : Math.Clamp(change, -0.5, 0.6), volatility, mayHalt);
    }

    /// <summary>Dividends and splits that take effect in a session: what comes before is divided by their factor.</summary>
    private void Pay(int t)
    {
        var chance = _random.Share();
        if (t == traits.Listed)
        {
            return;
        }

        if (traits.Dividend > 0 && t % 63 == traits.DividendSession)
        {
            _dividends++;
            Divide(1 / (1 - traits.Dividend));
        }

        if (SplitAt(_close / Unit, chance) is var (fresh, old))
        {
            _splits.Add(new(sessions[t], fresh, old));
            _shares *= (double)fresh / old;
            Divide((double)fresh / old);
        }
    }

    private (int New, int Old)? SplitAt(double price, double chance) => price switch
    {
        _ when price > traits.SplitsAbove && chance < 0.02 => chance < 0.012 ? (2, 1) : chance < 0.016 ? (3, 1) : (3, 2),
        < 2 when chance < 0.02 => (1, 10),
        _ => null,
    };

    private void Divide(double factor)
    {
        _close /= factor;
        _pending *= factor;
    }

    private void Trade(int t, double change, double volatility, bool mayHalt)
    {
        var before = _close;
        _close = Price(before * (1 + change));
        var open = Price(before * (1 + (change * _random.Between(0, 0.7)) + (volatility * _random.Between(-0.4, 0.4))));
        var up = _random.Share();
        var down = _random.Share();
        var high = Price(Math.Max(open, _close) * (1 + (up * up * volatility)));
        var low = Price(Math.Min(open, _close) * (1 - (down * down * Math.Min(volatility, 0.2))));
        var volume = Volume(t, Math.Abs(change) / volatility);
        if (mayHalt && IsHalted())
        {
            return;
        }

        _days[_count] = new Bar(traits.Ticker, Timestamp.Of(sessions[t]), open / Unit, high / Unit, low / Unit, _close / Unit, 0, volume);
        _factors[_count++] = _pending;
        (_pending, _last) = (1, t);
    }

    private long Volume(int t, double surprise) =>
        (long)(traits.UsualVolume * _shares * market.Plan.Activity(t) * ExactMath.Exp((0.35 * _random.Normal()) + (0.25 * Math.Min(surprise, 6)))) + 1;

    private bool IsHalted()
    {
        _halted = _halted > 0 ? _halted - 1 : _random.Happens(traits.GapChance) ? 1 + _random.Below(5) : 0;
        return _halted > 0;
    }

    /// <summary>Closes are divided by the factors of all that came after them.</summary>
    private void Adjust()
    {
        var factor = 1.0;
        for (var i = _count - 1; i >= 0; i--)
        {
            _days[i] = _days[i] with { AdjClose = AdjustedClose(_days[i].Close, factor) };
            factor *= _factors[i];
        }
    }

    /// <summary>A price divided by a factor, in whole ticks, at least one.</summary>
    public static double AdjustedClose(double price, double factor) => Math.Max(Ticks.FromPrice(price / factor), 1) / (double)Ticks.PerUnit;

    private static double Price(double units) => Math.Max(Math.Floor(units + 0.5), LeastPrice);
}
