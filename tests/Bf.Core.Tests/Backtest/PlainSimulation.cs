using Bf.Core.Backtest;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

/// <summary>
/// The rules once more, written the other way round: each symbol's trade worked out to its end by looking ahead freely, the equity
/// added up from the trades. It shares no code with the simulation, so a mistake would have to be made twice.
/// </summary>
internal sealed record PlainSimulation(IReadOnlyList<PlainTrade> Trades, IReadOnlyList<double> Equity)
{
    public static PlainSimulation Of(RandomMarket market)
    {
        var s = market.Settings;
        var trades = new List<PlainTrade>();
        var free = 0; // the first date at whose close a signal finds nothing held or ordered
        foreach (var signal in market.Signals.OrderBy(x => x.Date).ThenBy(x => x.Name, StringComparer.Ordinal).Where(x => x.Date < market.Length))
        {
            var chosen = Choose(market, signal.Date);
            if (signal.Date < free || chosen.Length == 0)
            {
                continue;
            }

            var equity = s.InitialCapital + trades.Sum(t => t.Pnl);
            var budget = s.PositionSize is { } size ? size * equity : equity / chosen.Length;
            var done = chosen.Select(h => (History: h, Entry: Fill(market, h, signal.Date))).ToArray();
            var bought = done.Where(d => d.Entry is not null).Select(d => Buy(market, d.History, d.Entry!.Value, budget)).ToArray();
            trades.AddRange(bought.OrderBy(t => t.Entry).ThenBy(t => t.Symbol, StringComparer.Ordinal));
            free = bought.Select(t => t.Settled ?? int.MaxValue).Concat(done.Where(d => d.Entry is null).Select(_ => signal.Date + 10)).Append(signal.Date + 1).Max();
        }

        return new(trades, [.. Enumerable.Range(0, market.Length).Select(d => s.InitialCapital + trades.Sum(t => t.PnlAt(d)))]);
    }

    private static PriceHistory[] Choose(RandomMarket market, int date)
    {
        var most = Math.Min(market.Settings.MaxPositions ?? 1000, market.Settings.PositionSize is { } size ? (int)Math.Floor(1 / size) : 1000);
        return [.. market.Histories
            .Where(h => h.Ts.Contains(Day(date)) && market.Universe.StaysOf(h.Symbol).ToArray().Any(m => m.From <= Day(date) && Day(date) < m.To))
            .OrderByDescending(h => Median([.. h.Turnover.Take(Array.IndexOf(h.Ts, Day(date)) + 1).TakeLast(20).Where(t => !double.IsNaN(t)).Order()]))
            .ThenBy(h => h.Symbol, StringComparer.Ordinal)
            .Take(most)];
    }

    private static double Median(double[] sorted) => sorted.Length == 0 ? -1 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static int? Fill(RandomMarket market, PriceHistory h, int date) =>
        Enumerable.Range(date + 1, 10).Where(d => d < market.Length && !double.IsNaN(OpenOf(h, d))).Cast<int?>().FirstOrDefault();

    private static double OpenOf(PriceHistory h, int date) => Array.IndexOf(h.Ts, Day(date)) is >= 0 and var i ? h.Open[i] : double.NaN;

    private static PlainTrade Buy(RandomMarket market, PriceHistory h, int entry, double budget)
    {
        var s = market.Settings;
        var shares = budget / (OpenOf(h, entry) * (1 + s.SlippageRate) * (1 + s.CommissionRate));
        double Sale(double price) => shares * price * (1 - s.SlippageRate) * (1 - s.CommissionRate);
        double LastClose(int d) => h.Close[h.Ts.Count(t => t <= Day(d)) - 1];
        double Marked(int d) => (shares * LastClose(d)) - budget;

        var seen = entry;
        for (var d = entry + 1; d < market.Length; d++)
        {
            seen = h.Ts.Contains(Day(d)) ? d : seen;
            if (d >= entry + s.HoldDays && !double.IsNaN(OpenOf(h, d)))
            {
                return new(h.Symbol, entry, d, Sale(OpenOf(h, d)) - budget, Marked);
            }

            if (d - seen > 10)
            {
                return new(h.Symbol, entry, d, Sale(LastClose(d)) - budget, Marked);
            }
        }

        return new(h.Symbol, entry, null, Marked(market.Length - 1), Marked);
    }
}

internal sealed record PlainTrade(string Symbol, int Entry, int? Settled, double Pnl, Func<int, double> Marked)
{
    public double PnlAt(int date) => date < Entry ? 0 : date >= Settled ? Pnl : Marked(date);
}
