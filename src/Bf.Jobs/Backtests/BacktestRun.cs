using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;

namespace Bf.Jobs.Backtests;

/// <summary>How trades went, all together; null where there is nothing to say.</summary>
public sealed record TradingFigures
{
    /// <summary>The number of trades.</summary>
    public required long Trades { get; init; }

    /// <summary>Of these, closed.</summary>
    public required long ClosedTrades { get; init; }

    /// <summary>The signals of the span; null for a backtest of before they were counted.</summary>
    public required long? SignalsFired { get; init; }

    /// <summary>
    /// Of these, those on which orders were placed: the others came while an earlier one was still worked off, or together with the
    /// exit signal, or found nothing to buy.
    /// </summary>
    public required long SignalsTaken { get; init; }

    /// <summary>The fraction of closed trades with a profit.</summary>
    public double? HitRate { get; init; }

    /// <summary>The fraction of closed signals with a profit.</summary>
    public double? SignalHitRate { get; init; }

    /// <summary>The mean return of closed trades, net of costs.</summary>
    public double? AverageTrade { get; init; }

    /// <summary>The mean invested fraction of the equity.</summary>
    public double? Exposure { get; init; }

    /// <summary>Traded value / mean equity, a year.</summary>
    public double? Turnover { get; init; }

    /// <summary>Commission paid.</summary>
    public double Commission { get; init; }

    /// <summary>Lost to slippage.</summary>
    public double Slippage { get; init; }

    /// <summary>Paid for borrowed shares.</summary>
    public double Borrow { get; init; }

    /// <summary>Interest earned on cash.</summary>
    public double Interest { get; init; }

    /// <summary>What trading cost.</summary>
    public double Costs => Commission + Slippage + Borrow;
}

/// <summary>A date of a backtest: the strategy's equity, cash, exposure and the interest so far, and what the index and the held basket are worth.</summary>
public sealed record EquityRow(long Ts, double Equity, double Cash, double? Exposure, double Interest, double? Index, double? Basket);

/// <summary>A backtest, just run or read back from the lake.</summary>
public sealed record BacktestRun
{
    /// <summary>The run's name.</summary>
    public required string Run { get; init; }

    /// <summary>The universe's name.</summary>
    public required string Universe { get; init; }

    /// <summary>The bars' interval.</summary>
    public required string Interval { get; init; }

    /// <summary>What was traded on.</summary>
    public required StrategySettings Rules { get; init; }

    /// <summary>The signal that opened positions.</summary>
    public string Signal => Rules.Signal;

    /// <summary>How.</summary>
    public required BacktestSettings Settings { get; init; }

    /// <summary>The trades, in order of entry.</summary>
    public required IReadOnlyList<Trade> Trades { get; init; }

    /// <summary>The curves.</summary>
    public required IReadOnlyList<EquityRow> Equity { get; init; }

    /// <summary>How the trades went.</summary>
    public required TradingFigures Trading { get; init; }

    /// <summary>The strategy's performance.</summary>
    public Performance Strategy => Performance.Of(Ts, EquityMetrics.FromCapital([.. Equity.Select(e => e.Equity)], Settings.InitialCapital));

    /// <summary>The performance of holding the universe's index; null where there is none.</summary>
    public Performance? Index => Of(e => e.Index);

    /// <summary>The performance of a basket bought once and held; null where there is none.</summary>
    public Performance? Basket => Of(e => e.Basket);

    /// <summary>Orders that were never filled.</summary>
    public int Unfilled { get; init; }

    private long[] Ts => [.. Equity.Select(e => e.Ts)];

    private Performance? Of(Func<EquityRow, double?> value) =>
        Equity.Count > 0 && Equity.All(e => value(e) is not null) ? Performance.Of(Ts, [.. Equity.Select(e => value(e)!.Value)]) : null;
}
