namespace Bf.Core.Backtest;

/// <summary>
/// What a strategy did, beside how its equity went. Undefined is null. Trades of one signal rise and fall together, so
/// <see cref="EpisodeHitRate"/> over a handful of episodes is the honest one of the two hit rates.
/// </summary>
/// <param name="Trades">The number of trades.</param>
/// <param name="ClosedTrades">Of these, sold.</param>
/// <param name="Episodes">The number of signals on which something was bought.</param>
/// <param name="ClosedEpisodes">Of these, with everything sold.</param>
/// <param name="HitRate">Closed trades with a profit / closed trades; a profit of exactly 0 is none.</param>
/// <param name="EpisodeHitRate">Closed episodes with a profit / closed episodes.</param>
/// <param name="AverageTradeReturn">Mean over closed trades of profit / outlay, net of costs.</param>
/// <param name="AverageExposure">Mean over all dates of the invested fraction of the equity, shorts counted as much as longs; dates without equity take no part.</param>
/// <param name="AnnualTurnover">(Bought + sold value) / mean equity / years of actual / 365.25 days; a full purchase and sale a year makes 2.</param>
/// <param name="Commission">Commission paid, in the currency of the prices.</param>
/// <param name="Slippage">Lost to slippage, likewise.</param>
/// <param name="Borrow">Paid for borrowed shares, likewise.</param>
/// <param name="Costs">The sum of the three.</param>
public sealed record TradeStatistics(
    int Trades,
    int ClosedTrades,
    int Episodes,
    int ClosedEpisodes,
    double? HitRate,
    double? EpisodeHitRate,
    double? AverageTradeReturn,
    double? AverageExposure,
    double? AnnualTurnover,
    double Commission,
    double Slippage,
    double Borrow,
    double Costs)
{
    /// <summary>The statistics of trades, the episodes that they belong to and the books.</summary>
    public static TradeStatistics Of(IReadOnlyList<Trade> trades, IReadOnlyList<SignalEpisode> episodes, IReadOnlyList<EquityPoint> equity)
    {
        ArgumentNullException.ThrowIfNull(trades);
        ArgumentNullException.ThrowIfNull(episodes);
        ArgumentNullException.ThrowIfNull(equity);
        Trade[] closed = [.. trades.Where(t => t.IsClosed)];
        SignalEpisode[] over = [.. episodes.Where(e => e.IsClosed)];
        var commission = trades.Sum(t => t.Commission);
        var slippage = trades.Sum(t => t.Slippage);
        var borrow = trades.Sum(t => t.Borrow);
        return new(
            trades.Count,
            closed.Length,
            episodes.Count(e => e.Filled > 0),
            over.Length,
            Mean(closed, t => t.Pnl > 0 ? 1 : 0),
            Mean(over, e => e.Pnl > 0 ? 1 : 0),
            Mean(closed, t => t.Return),
            Mean([.. equity.Where(p => !double.IsNaN(p.Exposure))], p => p.Exposure),
            Turnover(trades, equity),
            commission,
            slippage,
            borrow,
            commission + slippage + borrow);
    }

    private static double? Turnover(IReadOnlyList<Trade> trades, IReadOnlyList<EquityPoint> equity) =>
        equity.Count >= 2 && Mean(equity, p => p.Equity) is { } mean
            ? trades.Sum(t => t.TradedValue) / mean / EquityMetrics.Years(equity[0].Ts, equity[^1].Ts)
            : null;

    private static double? Mean<T>(IReadOnlyCollection<T> items, Func<T, double> value) => items.Count == 0 ? null : items.Sum(value) / items.Count;
}
