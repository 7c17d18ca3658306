using System.Text.Json.Nodes;
using Bf.Jobs.Backtests;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands;

/// <summary>A backtest under other assumptions, in text and as JSON.</summary>
internal static class ReviewText
{
    public static void Write(Output output, BacktestReview? review)
    {
        if (review is null)
        {
            output.Line("it could not be run again: the lake no longer holds its bars");
            return;
        }

        if (!review.IsSame)
        {
            output.Line($"run again on today's bars it makes {Percent(review.Again.Metrics.Strategy.Cagr, sign: true)} a year: bars, universe or method have changed since it was saved");
        }

        if (review.Again.Trades.Count == 0)
        {
            output.Line("nothing was traded: there are no costs to vary, and nothing that could be luck");
            return;
        }

        output.Line($"CAGR at other costs: {string.Join(", ", review.Cases.Where(c => c.LaterDates == 0).Select(c => $"x{Number(c.CostFactor, c.CostFactor == 0.5 ? 1 : 0)} {Percent(c.Figures.Cagr, sign: true)}"))}; "
            + $"filled later: {string.Join(", ", review.Cases.Where(c => c.LaterDates > 0).Select(c => $"{Count(c.LaterDates, "date")} {Percent(c.Figures.Cagr, sign: true)}"))}");
        output.Line($"probability that the true Sharpe ratio is above 0: {Percent(review.SharpeAboveZero)}; above the index's: {Percent(review.SharpeAboveIndex)}");
    }

    public static JsonObject? Json(BacktestReview? review) => review is null ? null : new()
    {
        ["same"] = review.IsSame, ["sharpe_above_zero"] = review.SharpeAboveZero, ["sharpe_above_index"] = review.SharpeAboveIndex,
        ["cases"] = new JsonArray([.. review.Cases.Select(c => new JsonObject
        {
            ["cost_factor"] = c.CostFactor, ["later_dates"] = c.LaterDates, ["cagr"] = c.Figures.Cagr, ["sharpe"] = c.Figures.Sharpe,
            ["max_drawdown"] = c.Figures.MaxDrawdown, ["final_equity"] = c.FinalEquity, ["costs"] = c.Costs,
        })]),
    };
}
