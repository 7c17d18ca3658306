using Bf.Core.Backtest;

namespace Bf.Jobs.Backtests;

/// <summary>How trades went, all together; null where there is nothing to say.</summary>
public sealed record TradingFigures(
    long Trades, long ClosedTrades, long SignalsTaken, double? HitRate, double? SignalHitRate, double? AverageTrade, double? Exposure, double? Turnover, double? Commission, double? Slippage);

/// <summary>A date of a backtest: the strategy's equity, cash and exposure, and what the index and the held basket are worth.</summary>
public readonly record struct EquityRow(long Ts, double Equity, double Cash, double? Exposure, double? Index, double? Basket);

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
    public required string Signal { get; init; }

    /// <summary>How.</summary>
    public required BacktestSettings Settings { get; init; }

    /// <summary>The trades, in order of entry.</summary>
    public required IReadOnlyList<Trade> Trades { get; init; }

    /// <summary>The curves.</summary>
    public required IReadOnlyList<EquityRow> Equity { get; init; }

    /// <summary>How the trades went.</summary>
    public required TradingFigures Trading { get; init; }

    /// <summary>The strategy's performance.</summary>
    public Performance Strategy => Performance.Of(Ts, [.. Equity.Select(e => e.Equity)]);

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
