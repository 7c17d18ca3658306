using Bf.Core.Breadth;
using Bf.Core.Breadth.Further;
using Bf.Core.Market;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Lake;

/// <summary>The lake's tables: their columns and keys.</summary>
internal static class Tables
{
    private const ColumnType Text = ColumnType.Text, Long = ColumnType.Long, Int = ColumnType.Int, Real = ColumnType.Double, Time = ColumnType.Timestamp;

    private static readonly Column[] SeriesKey = [new("universe", Text), new("interval", Text), new("ts", Time)];

    /// <summary>Rows that broke a rule.</summary>
    public static readonly TableSchema Quarantine = new("quarantine",
        [new("file", Text), new("line", Long), new("rule", Text), new("raw", Text), new("run", Text)],
        ["file", "line", "rule", "raw"]);

    /// <summary>The kernel's state after each symbol's last bar.</summary>
    public static readonly TableSchema State = new("state",
        [new("interval", Text), new("symbol", Text), new("ts", Time), new("bars", Long), new("ticks", ColumnType.Bytes), new("run", Text)],
        ["interval", "symbol"]);

    /// <summary>Counts and market series by universe and date.</summary>
    public static readonly TableSchema Breadth = BreadthOf([.. BreadthColumns.All, .. FurtherIndicators.Standard.SelectMany(i => i.Columns)]);

    /// <summary>Score and its parts by universe and date.</summary>
    public static readonly TableSchema Signals = new("signals",
        [.. SeriesKey, new("score", Real), new("state", Text), new("z_advances", Real), new("z_volume", Real), new("z_highs_lows", Real), new("z_trend", Real),
            new("memory", Text), new("thrust_states", Text), new("versions", Text), new("settings", Text), new("run", Text)],
        ["universe", "interval", "ts"]);

    /// <summary>One row a fire of a detector.</summary>
    public static readonly TableSchema Thrusts = new("thrusts",
        [.. SeriesKey, new("detector", Text), new("value", Real), new("threshold", Real), new("days_since_low", Int), new("run", Text)],
        ["universe", "interval", "ts", "detector"]);

    /// <summary>One row a backtest.</summary>
    public static readonly TableSchema Backtests = new("backtests",
        [new("run", Text), new("universe", Text), new("interval", Text), new("signal", Text), new("from_ts", Time), new("to_ts", Time),
            new("initial_capital", Real), new("position_size", Real), new("max_positions", Int), new("commission_rate", Real), new("slippage_rate", Real), new("hold_days", Int),
            new("final_equity", Real), new("total_return", Real), new("cagr", Real), new("volatility", Real), new("sharpe", Real), new("sortino", Real),
            new("max_drawdown", Real), new("max_drawdown_days", Int), new("trades", Long), new("closed_trades", Long), new("signals_taken", Long), new("unfilled", Long), new("hit_rate", Real),
            new("signal_hit_rate", Real), new("average_trade", Real), new("exposure", Real), new("turnover", Real), new("commission", Real), new("slippage", Real),
            new("index_return", Real), new("index_cagr", Real), new("index_sharpe", Real), new("index_max_drawdown", Real),
            new("basket_return", Real), new("basket_cagr", Real), new("basket_sharpe", Real), new("basket_max_drawdown", Real),
            new("exit_signal", Text), new("side", Text), new("fill", Text), new("signals_fired", Long), new("interest", Real), new("borrow", Real), new("settings", Text)],
        ["run"]);

    /// <summary>One row a position; one that is still open has no exit and is marked at its last close.</summary>
    public static readonly TableSchema Trades = new("trades",
        [new("run", Text), new("symbol", Text), new("entry_ts", Time), new("entry_price", Real), new("exit_ts", Time), new("exit_price", Real), new("shares", Real),
            new("commission", Real), new("slippage", Real), new("pnl", Real), new("signal", Text), new("signal_ts", Time), new("exit_reason", Text), new("side", Text), new("borrow", Real)],
        ["run", "symbol", "entry_ts"]);

    /// <summary>The equity curve of each backtest, beside the universe's index and a basket bought once and held.</summary>
    public static readonly TableSchema Equity = new("equity",
        [new("run", Text), new("ts", Time), new("equity", Real), new("cash", Real), new("exposure", Real), new("index_equity", Real), new("basket_equity", Real), new("interest", Real)],
        ["run", "ts"]);

    /// <summary>One row a run of a job.</summary>
    public static readonly TableSchema Runs = new("runs",
        [new("run", Text), new("command", Text), new("arguments", Text), new("inputs", Text), new("started", Time), new("ended", Time), new("rows", Long),
            new("outcome", Text), new("engine", Text)],
        ["run"]);

    /// <summary>Official counts of advances and declines.</summary>
    public static readonly TableSchema Counts = new("counts",
        [.. SeriesKey, new("adv", Long), new("dec", Long), new("unch", Long), new("up_vol", Long), new("down_vol", Long), new("nh252", Long), new("nl252", Long), new("run", Text)],
        ["universe", "interval", "ts"]);

    /// <summary>What sources were asked for, by symbol: from <c>from_ts</c> until before <c>to_ts</c> everything that they have is in the lake.</summary>
    public static readonly TableSchema Fetches = new("fetches",
        [new("source", Text), new("interval", Text), new("symbol", Text), new("from_ts", Time), new("to_ts", Time), new("next_ts", Time), new("bars", Long), new("run", Text)],
        ["source", "interval", "symbol"]);

    /// <summary>How far each partition of a stream was counted: its counter as it was then. A row of partition -1 has the sums over all.</summary>
    public static readonly TableSchema Checkpoints = new("checkpoints",
        [new("stream", Text), new("partition", Int), new("epoch", Long), new("next_offset", Long), new("clock", Time), new("symbols", Long), new("bars", Long), new("data", ColumnType.Bytes), new("run", Text)],
        ["stream", "partition"]);

    /// <summary>All tables but the bars.</summary>
    public static readonly TableSchema[] Fixed = [Quarantine, State, Breadth, Signals, Thrusts, Backtests, Trades, Equity, Runs, Counts, Fetches, Checkpoints];

    /// <summary><see cref="Breadth"/> with the columns of indicators that have no place in it unasked.</summary>
    public static TableSchema BreadthWith(FurtherSet indicators) => BreadthOf([.. BreadthColumns.All, .. FurtherIndicators.Standard.SelectMany(i => i.Columns), .. indicators.Columns]);

    /// <summary>The columns of <see cref="Breadth"/> that a run fills.</summary>
    public static TableSchema BreadthFilled(FurtherSet indicators) => BreadthOf([.. BreadthColumns.All, .. indicators.Columns]);

    private static TableSchema BreadthOf(IEnumerable<BreadthColumn> columns) => new("breadth",
        [.. SeriesKey, .. columns.DistinctBy(c => c.Name).Select(c => new Column(c.Name, c.Kind == ColumnKind.Integer ? Long : Real)), new("run", Text)],
        ["universe", "interval", "ts"]);

    /// <summary>The bars of an interval.</summary>
    public static TableSchema Bars(Interval interval) => new($"bars_{interval}",
        [new("symbol", Text), new("ts", Time), new("open", Real), new("high", Real), new("low", Real), new("close", Real), new("adj_close", Real), new("volume", Long),
            new("source", Text), new("ingested_at", Time)],
        ["symbol", "ts"]);
}
