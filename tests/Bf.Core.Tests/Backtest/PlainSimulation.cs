using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

/// <summary>
/// The rules once more, written the other way round: each symbol's trade worked out to its end by looking ahead freely, the equity
/// added up from the trades. It shares no code with the simulation, so a mistake would have to be made twice.
/// A strategy on both sides is left out: there one trade's fill depends on the cash that another still binds.
/// </summary>
internal sealed class PlainSimulation
{
    private readonly RandomMarket _m;
    private readonly BacktestSettings _s;
    private readonly bool _short;
    private readonly bool _sameClose;
    private readonly List<PlainTrade> _trades = [];

    private PlainSimulation(RandomMarket market) =>
        (_m, _s, _short, _sameClose) = (market, market.Settings, market.Rules.Side == StrategySide.Short, market.Settings.Fill == FillTime.SameClose);

    public IReadOnlyList<PlainTrade> Trades => _trades;

    public double[] Equity => [.. Interest.Select((interest, d) => _s.InitialCapital + interest + _trades.Sum(t => t.CashAt(d) + t.ValueAt(d)))];

    public double[] Interest => InterestUpTo(_m.Length - 1);

    public static PlainSimulation Of(RandomMarket market)
    {
        var simulation = new PlainSimulation(market);
        simulation.Run();
        return simulation;
    }

    private void Run()
    {
        var free = 0; // the first date at whose close a signal finds nothing held or ordered
        foreach (var date in Enumerable.Range(0, _m.Length).Where(Enters))
        {
            var chosen = Choose(date);
            var equity = EquityAt(date);
            if (date < free || Exits(date) || chosen.Length == 0 || equity <= 0)
            {
                continue;
            }

            var exit = Enumerable.Range(date + 1, _m.Length).Where(d => d < _m.Length && Exits(d)).Cast<int?>().FirstOrDefault();
            var orders = chosen.Zip(Weights(chosen, date), (h, w) => (History: h, Budget: w * equity, Entry: Entry(h, date, exit))).ToArray();
            var filled = orders.Where(o => o.Entry is not null).OrderBy(o => o.Entry).ThenBy(o => o.History.Symbol, StringComparer.Ordinal).ToArray();
            var margin = new List<int>();
            List<PlainTrade> Work() => [.. filled.Select(o => Trade(o.History, o.Entry!.Value, o.Budget, exit, margin))];
            var before = _trades.Count;
            _trades.AddRange(Work());
            for (var d = date; _short && d < _m.Length; d++)
            {
                var shorts = _trades.Skip(before).Sum(t => t.HeldWhenMarginIsChecked(d) ? t.MarketValue(d) : 0);
                if (shorts > 0 && EquityBeforeTrades(d) < 0.3 * shorts)
                {
                    margin.Add(d);
                    _trades.RemoveRange(before, _trades.Count - before);
                    _trades.AddRange(Work());
                }
            }

            var lapse = date + _s.Delay + 10; // the last date of ten on which an open could fill it
            free = _trades.Skip(before).Select(t => t.Settled ?? int.MaxValue)
                .Concat(orders.Where(o => o.Entry is null).Select(_ => Math.Min(lapse, exit ?? int.MaxValue)))
                .Append(date + 1).Max();
        }
    }

    private bool Enters(int d) => !_m.Rules.ByScore ? _m.Signals.Any(s => s.Date == d) : Beyond(d, enter: true) && !(d > 0 && Beyond(d - 1, enter: true));

    private bool Exits(int d) => _m.Rules.HasExit && (_m.Rules.ByScore ? Beyond(d, enter: false) : _m.Exits.Contains(d));

    private bool Beyond(int d, bool enter) => enter != _short ? _m.Score[d] >= 60 : _m.Score[d] <= 40;

    private PriceHistory[] Choose(int date)
    {
        var most = Math.Min(_s.MaxPositions ?? 1000, _s.Sizing != PositionSizing.Volatility && _s.PositionSize is { } size ? (int)Math.Floor(1 / size) : 1000);
        return [.. _m.Histories
            .Where(h => h.Ts.Contains(Day(date)) && _m.Universe.StaysOf(h.Symbol).ToArray().Any(m => m.From <= Day(date) && Day(date) < m.To))
            .Where(h => _s.Sizing != PositionSizing.Volatility || Volatility(h, date) is not null)
            .OrderByDescending(h => Median([.. h.Turnover.Take(Array.IndexOf(h.Ts, Day(date)) + 1).TakeLast(20).Where(t => !double.IsNaN(t)).Order()]))
            .ThenBy(h => h.Symbol, StringComparer.Ordinal)
            .Take(most)];
    }

    private double[] Weights(PriceHistory[] chosen, int date)
    {
        if (_s.Sizing != PositionSizing.Volatility)
        {
            return [.. chosen.Select(_ => _s.PositionSize ?? (1.0 / chosen.Length))];
        }

        double[] weights = [.. chosen.Select(h => Math.Min(_s.PositionSize ?? 1e9, _s.TargetVolatility / Volatility(h, date)!.Value / chosen.Length))];
        return weights.Sum() > 1 ? [.. weights.Select(w => w / weights.Sum())] : weights;
    }

    private double? Volatility(PriceHistory h, int date)
    {
        var closes = h.Close.Take(h.Ts.Count(t => t <= Day(date))).ToArray();
        var returns = closes.Skip(1).Zip(closes, (b, a) => (b / a) - 1).TakeLast(_s.VolatilityDays).ToArray();
        if (returns.Length < 2 || returns.Length * 2 < _s.VolatilityDays)
        {
            return null;
        }

        var mean = returns.Average();
        return Math.Sqrt(returns.Sum(x => (x - mean) * (x - mean)) / (returns.Length - 1)) * Math.Sqrt(252);
    }

    private static double Median(double[] sorted) => sorted.Length == 0 ? -1 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private int FirstFill(int decided) => decided + _s.Delay + (_sameClose ? 0 : 1);

    // an exit that is decided while an order waits cancels it; on that very date an open is over by then, a close is not
    private int? Entry(PriceHistory h, int date, int? exit) =>
        Enumerable.Range(FirstFill(date), 10).Where(d => d < _m.Length && !double.IsNaN(Quote(h, d)) && (exit is null || (_sameClose ? d < exit : d <= exit))).Cast<int?>().FirstOrDefault();

    private double Quote(PriceHistory h, int date) => Array.IndexOf(h.Ts, Day(date)) is >= 0 and var i ? (_sameClose ? h.Close[i] : h.Open[i]) : double.NaN;

    private PlainTrade Trade(PriceHistory h, int entry, double budget, int? exit, List<int> margin)
    {
        var sign = _short ? -1 : 1;
        var paid = Quote(h, entry) * (1 + (sign * _s.SlippageRate));
        var shares = budget / (paid * (1 + _s.CommissionRate));
        double[] closes = [.. Enumerable.Range(0, _m.Length).Select(d => h.Ts.Count(t => t <= Day(d)) is > 0 and var n ? h.Close[n - 1] : double.NaN)];
        double LastClose(int d) => closes[d];
        double Flow(double quoted, int direction) => (-direction * shares * quoted * (1 + (direction * _s.SlippageRate))) - (_s.CommissionRate * shares * quoted * (1 + (direction * _s.SlippageRate)));
        var trade = new PlainTrade(h.Symbol, entry, sign, shares, Flow(Quote(h, entry), sign), LastClose, _s.BorrowRate, _sameClose);

        var due = entry + (_s.HoldDays ?? 100_000);
        due = exit is { } x && (_sameClose ? entry < x : entry <= x) ? Math.Min(due, FirstFill(x)) : due;
        double best = paid;
        var seen = entry;
        for (var d = entry; d < _m.Length; d++)
        {
            if (d > entry && d >= due && !_sameClose && !double.IsNaN(Quote(h, d)))
            {
                return trade with { Settled = d, ExitFlow = Flow(Quote(h, d), -sign) };
            }

            seen = h.Ts.Contains(Day(d)) ? d : seen;
            if (d - seen > 10)
            {
                return trade with { Settled = d, WasDelisted = true, ExitFlow = Flow(LastClose(d) * (_short ? 1 : 1 - _s.DelistingHaircut), -sign) };
            }

            if (seen == d && (d > entry || !_sameClose))
            {
                var close = LastClose(d);
                best = _short ? Math.Min(best, close) : Math.Max(best, close);
                bool Lost(double from, double? part) => part is { } p && (_short ? close >= from * (1 + p) : close <= from * (1 - p));
                if (Lost(paid, _s.StopLoss) || Lost(best, _s.TrailingStop) || (_s.TakeProfit is { } g && (_short ? close <= paid * (1 - g) : close >= paid * (1 + g))))
                {
                    due = Math.Min(due, FirstFill(d));
                }
            }

            due = margin.Contains(d) && (d > entry || !_sameClose) ? Math.Min(due, d + (_sameClose ? 0 : 1)) : due;
            if (d > entry && d >= due && _sameClose && seen == d)
            {
                return trade with { Settled = d, ExitFlow = Flow(Quote(h, d), -sign) };
            }
        }

        return trade;
    }

    private double EquityAt(int d) => _s.InitialCapital + InterestUpTo(d)[d] + _trades.Sum(t => t.CashAt(d) + t.ValueAt(d));

    private double EquityBeforeTrades(int d) => !_sameClose ? EquityAt(d)
        : _s.InitialCapital + InterestUpTo(d)[d] + _trades.Sum(t => t.Settled == d && !t.WasDelisted ? t.CashAt(d) - t.ExitFlow + (t.Sign * t.MarketValue(d)) : t.Entry == d ? 0 : t.CashAt(d) + t.ValueAt(d));

    private double[] InterestUpTo(int last)
    {
        var interest = new double[last + 1];
        for (var d = 1; d <= last; d++)
        {
            var cash = _s.InitialCapital + interest[d - 1] + _trades.Sum(t => t.CashAt(d - 1));
            var shorts = _trades.Sum(t => -Math.Min(0, t.ValueAt(d - 1)));
            interest[d] = interest[d - 1] + (Math.Max(0, cash - shorts) * _s.CashRate / 365);
        }

        return interest;
    }
}

/// <summary>A trade with its end; <c>Close</c> is its symbol's last close at or before a date.</summary>
internal sealed record PlainTrade(string Symbol, int Entry, int Sign, double Shares, double EntryFlow, Func<int, double> Close, double BorrowRate, bool SameClose)
{
    public int? Settled { get; init; }

    public double ExitFlow { get; init; }

    public bool WasDelisted { get; init; }

    public double Pnl(int last) => CashAt(last) + ValueAt(last);

    public double MarketValue(int d) => Shares * Close(d);

    public double ValueAt(int d) => d < Entry || d >= Settled ? 0 : Sign * MarketValue(d);

    // what a short costs from one close to the next is a part of its value at the first
    public double BorrowAt(int d) => Sign > 0 || BorrowRate == 0 ? 0 : Enumerable.Range(Entry, Math.Max(0, Math.Min(d, Settled ?? d) - Entry)).Sum(k => MarketValue(k) * BorrowRate / 365);

    public double CashAt(int d) => d < Entry ? 0 : EntryFlow - BorrowAt(d) + (d >= Settled ? ExitFlow : 0);

    public bool HeldWhenMarginIsChecked(int d) => (SameClose ? Entry < d : Entry <= d) && (Settled is not { } s || d < s || (d == s && SameClose && !WasDelisted));
}
