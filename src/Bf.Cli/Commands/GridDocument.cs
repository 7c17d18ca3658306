using System.Text.Json.Nodes;
using Bf.Core.Backtest;
using Bf.Core.Backtest.Grid;
using Bf.Core.Market;
using Bf.Jobs.Backtests;

namespace Bf.Cli.Commands;

/// <summary>A grid as JSON. Undefined is null.</summary>
internal static class GridDocument
{
    public static JsonObject Of(GridRun grid, IReadOnlyDictionary<string, double> timings, string? page)
    {
        var request = grid.Request;
        var cells = (double)grid.Ts.Length * grid.Figures.Length;
        var document = new JsonObject
        {
            ["strategy"] = request.Strategy.Name,
            ["engine"] = grid.Engine,
            ["universe"] = request.Universe.Name,
            ["from"] = Timestamp.Format(grid.Ts[0]),
            ["to"] = Timestamp.Format(grid.Ts[^1]),
            ["bars"] = grid.Ts.Length,
            ["trials"] = grid.Figures.Length,
            ["left_out"] = grid.LeftOut,
            ["bar_params_per_second"] = timings["grid_ms"] > 0 ? Math.Round(cells / timings["grid_ms"] * 1000) : null,
            ["initial_capital"] = request.Settings.InitialCapital,
            ["fees"] = request.Settings.CommissionRate,
            ["fill"] = request.Settings.Fill == FillTime.SameClose ? "same-close" : "next-open",
            ["held_return"] = Figure(grid.HeldReturn),
            ["rank"] = Rank(request.Rank),
            ["best"] = Trial(grid, grid.Best, grid.Figures[grid.Best]),
            ["statistics"] = Statistics(grid.Statistics),
            ["walk_forward"] = Walk(grid),
            ["results"] = new JsonArray([.. grid.Figures.Select((f, i) => Trial(grid, i, f))]),
        };
        if (page is not null)
        {
            document["report"] = page;
        }

        return document;
    }

    private static string Rank(GridRank rank) => rank switch { GridRank.Sharpe => "sharpe", GridRank.TotalReturn => "total_return", _ => "final_value" };

    private static JsonObject Trial(GridRun grid, int trial, GridFigures f)
    {
        var row = Setting(grid, trial);
        row["orders"] = f.Orders;
        row["final_value"] = Figure(f.FinalValue);
        row["total_return"] = Figure(f.TotalReturn);
        row["sharpe"] = Figure(f.Sharpe);
        row["max_drawdown"] = Figure(f.MaxDrawdown);
        return row;
    }

    private static JsonObject Setting(GridRun grid, int trial)
    {
        var row = new JsonObject();
        for (var axis = 0; axis < grid.Axes.Count; axis++)
        {
            var value = grid.Value(trial, axis);
            row[grid.Axes[axis].Name] = grid.Axes[axis].AreNumbers ? JsonNode.Parse(value) : JsonValue.Create(value);
        }

        return row;
    }

    private static JsonObject? Statistics(GridStatistics? s) => s is null ? null : new()
    {
        ["trials"] = s.Deflated?.Trials ?? s.Overfitting?.Trials,
        ["sharpe_per_period"] = Figure(s.Deflated?.Sharpe),
        ["expected_maximum_sharpe_per_period"] = Figure(s.Deflated?.ExpectedMaximum),
        ["deflated_sharpe"] = Figure(s.Deflated?.Probability),
        ["pbo"] = Figure(s.Overfitting?.Probability),
        ["pbo_blocks"] = s.Overfitting?.Blocks,
        ["pbo_combinations"] = s.Overfitting?.Combinations,
        ["probability_of_loss"] = Figure(s.Overfitting?.LossProbability),
        ["degradation_slope"] = Figure(s.Overfitting?.DegradationSlope),
        ["note"] = s.Note,
    };

    private static JsonObject? Walk(GridRun grid) => grid.Walk is not { } w ? null : new()
    {
        ["how"] = grid.Request.Walk!.Anchored ? "anchored" : "rolling",
        ["train"] = grid.Request.Walk.Train,
        ["test"] = grid.Request.Walk.Test,
        ["from"] = Timestamp.Format(grid.Ts[w.Steps[0].Window.TestFirst]),
        ["to"] = Timestamp.Format(grid.Ts[w.Steps[^1].Window.TestLast]),
        ["chained"] = Figures(w.Chained),
        ["hindsight"] = Trial(grid, w.HindsightTrial, w.Hindsight),
        ["mean_in_sample_sharpe"] = Figure(w.Steps.Average(s => s.InSample.Sharpe)),
        ["windows"] = new JsonArray([.. w.Steps.Select(s => new JsonObject
        {
            ["train_from"] = Timestamp.Format(grid.Ts[s.Window.TrainFirst]),
            ["train_to"] = Timestamp.Format(grid.Ts[s.Window.TrainLast]),
            ["test_from"] = Timestamp.Format(grid.Ts[s.Window.TestFirst]),
            ["test_to"] = Timestamp.Format(grid.Ts[s.Window.TestLast]),
            ["choice"] = Setting(grid, s.Trial),
            ["in_sample"] = Figures(s.InSample),
            ["out_of_sample"] = Figures(s.OutOfSample),
        })]),
    };

    private static JsonObject Figures(GridFigures f) => new()
    {
        ["orders"] = f.Orders,
        ["final_value"] = Figure(f.FinalValue),
        ["total_return"] = Figure(f.TotalReturn),
        ["sharpe"] = Figure(f.Sharpe),
        ["max_drawdown"] = Figure(f.MaxDrawdown),
    };

    private static JsonNode? Figure(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}
