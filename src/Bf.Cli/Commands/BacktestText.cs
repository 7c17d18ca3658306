using System.Text.Json.Nodes;
using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;
using Bf.Core.Market;
using Bf.Jobs.Backtests;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands;

/// <summary>A backtest in text and as JSON.</summary>
internal static class BacktestText
{
    /// <summary>What is wrong with a fill at the close that made the signal.</summary>
    public const string SameClose = "--fill same-close trades at the very price that made the signal, which nobody could have had; take these figures for comparing, not for believing";

    /// <summary>How long positions are held, in words.</summary>
    public static string Held(BacktestRun b) =>
        (b.Settings.HoldDays, b.Rules.Exit) switch
        {
            (null, null) => "held to the end",
            (null, { } exit) => $"held until {exit} says so",
            ({ } days, null) => $"held {Count(days, "date")}",
            ({ } days, { } exit) => $"held until {exit} says so, {Count(days, "date")} at most",
        };

    /// <summary>The size of positions, in words.</summary>
    public static string Sized(BacktestSettings s) =>
        s.Sizing == PositionSizing.Volatility ? $"sized for {Percent(s.TargetVolatility, 0)} volatility by the last {Count(s.VolatilityDays, "close")}{(s.PositionSize is { } most ? $", {Percent(most)} at most" : "")}"
        : s.PositionSize is { } size ? $"{Percent(size)} of the equity each"
        : "in equal parts";

    public static void Write(Output output, BacktestRun b)
    {
        if (b.Equity.Count == 0)
        {
            output.Line("no dates in this range");
            return;
        }

        output.Line($"{b.Signal} on {b.Universe}, {Timestamp.Format(b.Equity[0].Ts)} to {Timestamp.Format(b.Equity[^1].Ts)}: {Signals(b.Trading)}, {Count(b.Trading.Trades, "trade")}{Sided(b.Rules.Side)}, {Sized(b.Settings)}, {Held(b)}");
        var (s, i, k) = (b.Strategy, b.Index, b.Basket);
        var table = new TextTable("", "strategy", "index", "basket held").Right(1, 2, 3);
        Row("total return", p => Percent(p.TotalReturn, sign: true));
        Row("CAGR", p => Percent(p.Cagr, sign: true));
        Row("volatility, a year", p => Percent(p.AnnualVolatility));
        Row("Sharpe ratio", p => Number(p.Sharpe, 2));
        Row("Sortino ratio", p => Number(p.Sortino, 2));
        Row("maximum drawdown", p => Percent(p.MaxDrawdown));
        Row("its length in dates", p => p.DrawdownDates is { } n ? Number(n) : "-");
        table.Add("hit rate of trades", Percent(b.Trading.HitRate), "", "");
        table.Add("hit rate of signals", Percent(b.Trading.SignalHitRate), "", "");
        table.Add("exposure", Percent(b.Trading.Exposure), "100.0 %", "100.0 %");
        table.Add("turnover, a year", Number(b.Trading.Turnover, 2), "", "");
        table.Add("costs", Number(b.Trading.Costs, 2), "not counted", "not counted");
        if (b.Trading.Borrow > 0)
        {
            table.Add("of that for borrowing", Number(b.Trading.Borrow, 2), "", "");
        }

        if (b.Trading.Interest > 0)
        {
            table.Add("interest on cash", Number(b.Trading.Interest, 2), "", "");
        }

        table.Add("equity at the end", Number(b.Equity[^1].Equity, 2), Number(b.Equity[^1].Index, 2), Number(b.Equity[^1].Basket, 2));
        output.Table(table);
        if (b.Trading.SignalsFired > b.Trading.SignalsTaken)
        {
            output.Prose($"a signal is not taken while an earlier one is still worked off, together with the exit signal, or when there is nothing to {(b.Rules.Side == StrategySide.Short ? "sell" : "buy")}");
        }

        void Row(string title, Func<Performance, string> show) => table.Add(title, show(s), i is null ? "-" : show(i), k is null ? "-" : show(k));
    }

    private static string Sided(StrategySide side) => side switch { StrategySide.Short => ", all short", StrategySide.Both => ", long and short", _ => "" };

    private static string Signals(TradingFigures t) => t.SignalsFired is { } fired ? $"{Count(fired, "signal")}, {Number(t.SignalsTaken)} taken" : $"{Count(t.SignalsTaken, "signal")} taken";

    public static JsonObject Json(BacktestRun b) => new()
    {
        ["universe"] = b.Universe, ["signal"] = b.Signal, ["from"] = b.Equity.Count > 0 ? Timestamp.Format(b.Equity[0].Ts) : null, ["to"] = b.Equity.Count > 0 ? Timestamp.Format(b.Equity[^1].Ts) : null,
        ["initial_capital"] = b.Settings.InitialCapital, ["final_equity"] = b.Equity.Count > 0 ? b.Equity[^1].Equity : null,
        ["trades"] = b.Trading.Trades, ["fired"] = b.Trading.SignalsFired, ["taken"] = b.Trading.SignalsTaken, ["signals_taken"] = b.Trading.SignalsTaken, ["unfilled"] = b.Unfilled, ["hit_rate"] = b.Trading.HitRate, ["signal_hit_rate"] = b.Trading.SignalHitRate,
        ["exposure"] = b.Trading.Exposure, ["turnover"] = b.Trading.Turnover, ["commission"] = b.Trading.Commission, ["slippage"] = b.Trading.Slippage, ["borrow"] = b.Trading.Borrow, ["interest"] = b.Trading.Interest,
        ["settings"] = SettingsDocument.Of(b.Rules, b.Settings), ["warnings"] = new JsonArray(b.Settings.Fill == FillTime.SameClose ? [SameClose] : []),
        ["strategy"] = Json(b.Strategy), ["index"] = Json(b.Index), ["basket"] = Json(b.Basket),
    };

    private static JsonObject? Json(Performance? p) => p is null ? null : new()
    {
        ["total_return"] = p.TotalReturn, ["cagr"] = p.Cagr, ["volatility"] = p.AnnualVolatility, ["sharpe"] = p.Sharpe, ["sortino"] = p.Sortino,
        ["max_drawdown"] = p.MaxDrawdown, ["max_drawdown_days"] = p.DrawdownDates,
    };
}
