using Bf.Core.Backtest;
using Bf.Core.Backtest.Grid;
using Bf.Core.Market;
using Bf.Jobs.Backtests;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands;

/// <summary>A grid in text.</summary>
internal static class GridText
{
    /// <summary>The figures that a map can show.</summary>
    public static IReadOnlyList<string> Figures { get; } = ["sharpe", "total_return", "max_drawdown", "orders", "final_value"];

    private static string LeftOut(GridStrategy strategy) => strategy switch
    {
        ScoreStrategy => "sell is not below buy",
        ThrustStrategy => "what the signal reads was not computed",
        _ => "fast is not shorter than slow",
    };

    public static void Write(Output output, GridRun grid, IReadOnlyDictionary<string, double> timings, int top, string? map)
    {
        var request = grid.Request;
        var bars = (long)grid.Ts.Length * grid.Figures.Length;
        output.Line($"{request.Strategy.Name} on {request.Universe.Name}, {Timestamp.Format(grid.Ts[0])} to {Timestamp.Format(grid.Ts[^1])}: {Count(grid.Figures.Length, "setting")}"
            + (grid.LeftOut > 0 ? $" ({Number(grid.LeftOut)} left out: {LeftOut(request.Strategy)})" : "")
            + $" on {Count(grid.Ts.Length, "date")} in {Number(timings["grid_ms"], 1)} ms"
            + (request.Strategy is SmaCrossStrategy && timings["grid_ms"] > 0 && bars / timings["grid_ms"] >= 1000 ? $", {Number(bars / timings["grid_ms"] / 1000, 0)} million bars x settings a second" : ""));
        if (top > 0)
        {
            var table = new TextTable([.. grid.Axes.Select(a => a.Name), "orders", "final value", "total return", "Sharpe", "max drawdown"])
                .Right([.. Enumerable.Range(0, grid.Axes.Count + 5).Where(c => c >= grid.Axes.Count || grid.Axes[c].AreNumbers)]);
            foreach (var i in grid.Ranked().Take(top))
            {
                Row(table, [.. grid.Axes.Select((_, a) => grid.Value(i, a))], grid.Figures[i]);
            }

            output.Table(table);
        }

        if (map is not null)
        {
            HeatMap.Write(output, grid, map);
        }

        foreach (var finding in Findings(grid))
        {
            output.Line(finding);
        }

        Walk(output, grid);
    }

    /// <summary>What has to be said about a grid, in sentences.</summary>
    public static IEnumerable<string> Findings(GridRun grid)
    {
        var (median, above) = (grid.Figures[grid.Ranked()[grid.Figures.Length / 2]], grid.Figures.Count(f => f.TotalReturn > grid.HeldReturn));
        yield return $"The middle setting returned {Percent(median.TotalReturn, sign: true)}, with a Sharpe ratio of {Number(median.Sharpe, 2)}. Holding{(grid.Request.Strategy is SmaCrossStrategy ? "" : " the index, rebalanced daily,")} without costs returned {Percent(grid.HeldReturn, sign: true)}: {Number(above)} of {Count(grid.Figures.Length, "setting")} beat that.";
        if (grid.Statistics?.Deflated is { } d)
        {
            yield return $"Of {Count(d.Trials, "trial")}, the best beats what the luckiest of as many without skill would show with a probability of {Percent(d.Probability)} (deflated Sharpe ratio; 95 % is the usual threshold).";
        }

        if (grid.Statistics?.Overfitting is { } o)
        {
            yield return $"Probability of overfitting: {Percent(o.Probability)}. So often is the best of one half of the dates no better than the middle one on the other half, in {Number(o.Combinations)} ways of halving.";
        }

        if (grid.Statistics?.Note is { } note)
        {
            yield return $"Note: {note}.";
        }

        if (grid.Request.Settings.Fill == FillTime.SameClose)
        {
            yield return "Note: filled at the close that made the signal, which nobody can trade at. This measures the rule and is no forecast.";
        }

        if (grid.Request.Strategy is not SmaCrossStrategy && !grid.Request.Universe.IsPointInTime)
        {
            yield return $"Note: universe {grid.Request.Universe.Name} is today's list of symbols. Those that were delisted are missing, which flatters every figure here.";
        }
    }

    private static void Row(TextTable table, string[] head, GridFigures f) =>
        table.Add([.. head, Number(f.Orders), Number(f.FinalValue, 2), Percent(f.TotalReturn, sign: true), Number(f.Sharpe, 2), Percent(f.MaxDrawdown)]);

    private static void Walk(Output output, GridRun grid)
    {
        if (grid.Walk is not { } w)
        {
            return;
        }

        output.Line();
        output.Line($"walk forward, {(grid.Request.Walk!.Anchored ? "anchored" : "rolling")}: chosen on {Number(grid.Request.Walk.Train)} dates{(grid.Request.Walk.Anchored ? " and more" : "")}, traded on the next {Number(grid.Request.Walk.Test)}");
        var table = new TextTable("traded from", "to", "choice", "Sharpe when chosen", "Sharpe when traded", "return when traded").Right(3, 4, 5);
        foreach (var s in w.Steps)
        {
            table.Add(Timestamp.Format(grid.Ts[s.Window.TestFirst]), Timestamp.Format(grid.Ts[s.Window.TestLast]), grid.Setting(s.Trial),
                Number(s.InSample.Sharpe, 2), Number(s.OutOfSample.Sharpe, 2), Percent(s.OutOfSample.TotalReturn, sign: true));
        }

        output.Table(table);
        var summary = new TextTable("over the traded dates", "orders", "final value", "total return", "Sharpe", "max drawdown").Right(1, 2, 3, 4, 5);
        Row(summary, ["chosen as it went"], w.Chained);
        Row(summary, [$"best with hindsight: {grid.Setting(w.HindsightTrial)}"], w.Hindsight);
        output.Table(summary);
    }
}
