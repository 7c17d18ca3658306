using System.Text.Json.Nodes;
using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;

namespace Bf.Jobs.Backtests;

/// <summary>All settings of a backtest as one JSON object: what a reader needs to run it again.</summary>
public static class SettingsDocument
{
    /// <summary>The settings, each under its option's name; null where it is not set. Times are microseconds since 1970-01-01 UTC.</summary>
    public static JsonObject Of(StrategySettings strategy, BacktestSettings s)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(s);
        return new()
        {
            ["signal"] = strategy.Signal, ["exit"] = strategy.Exit, ["side"] = BacktestWords.Of(strategy.Side), ["buy"] = strategy.Buy, ["sell"] = strategy.Sell,
            ["from_ts"] = s.From, ["to_ts"] = s.To, ["initial_capital"] = s.InitialCapital,
            ["sizing"] = BacktestWords.Of(s.Sizing), ["position_size"] = s.PositionSize, ["target_volatility"] = s.TargetVolatility, ["volatility_days"] = s.VolatilityDays, ["max_positions"] = s.MaxPositions,
            ["fill"] = BacktestWords.Of(s.Fill), ["delay"] = s.Delay, ["hold_days"] = s.HoldDays,
            ["stop_loss"] = s.StopLoss, ["trailing_stop"] = s.TrailingStop, ["take_profit"] = s.TakeProfit,
            ["commission_rate"] = s.CommissionRate, ["slippage_rate"] = s.SlippageRate, ["borrow_rate"] = s.BorrowRate, ["cash_rate"] = s.CashRate, ["delisting_haircut"] = s.DelistingHaircut,
        };
    }

    /// <summary>The settings that an object holds; what it does not name has its default.</summary>
    internal static (StrategySettings Strategy, BacktestSettings Settings) Read(JsonObject o)
    {
        var (rules, usual) = (new StrategySettings((string)o["signal"]!), new BacktestSettings());
        return (
            rules with { Exit = (string?)o["exit"], Side = BacktestWords.Side((string?)o["side"]), Buy = (double?)o["buy"] ?? rules.Buy, Sell = (double?)o["sell"] ?? rules.Sell },
            new()
            {
                From = (long?)o["from_ts"],
                To = (long?)o["to_ts"],
                InitialCapital = (double?)o["initial_capital"] ?? usual.InitialCapital,
                Sizing = BacktestWords.Sizing((string?)o["sizing"]),
                PositionSize = (double?)o["position_size"],
                TargetVolatility = (double?)o["target_volatility"] ?? usual.TargetVolatility,
                VolatilityDays = (int?)o["volatility_days"] ?? usual.VolatilityDays,
                MaxPositions = (int?)o["max_positions"],
                Fill = BacktestWords.Fill((string?)o["fill"]),
                Delay = (int?)o["delay"] ?? usual.Delay,
                HoldDays = (int?)o["hold_days"],
                StopLoss = (double?)o["stop_loss"],
                TrailingStop = (double?)o["trailing_stop"],
                TakeProfit = (double?)o["take_profit"],
                CommissionRate = (double?)o["commission_rate"] ?? usual.CommissionRate,
                SlippageRate = (double?)o["slippage_rate"] ?? usual.SlippageRate,
                BorrowRate = (double?)o["borrow_rate"] ?? usual.BorrowRate,
                CashRate = (double?)o["cash_rate"] ?? usual.CashRate,
                DelistingHaircut = (double?)o["delisting_haircut"] ?? usual.DelistingHaircut,
            });
    }
}
