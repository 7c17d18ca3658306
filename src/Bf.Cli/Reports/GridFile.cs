using Bf.Cli.Commands;
using Bf.Core.Backtest.Grid;
using Bf.Core.Market;
using Bf.Jobs.Backtests;
using Bf.Serve.Grid;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Reports;

/// <summary>Writes the page of a grid.</summary>
internal static class GridFile
{
    private const int Listed = 20;

    /// <summary>Writes the page and gives its full path.</summary>
    public static string Write(GridRun grid, string path, TimeProvider clock)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var temporary = full + ".writing";
        File.WriteAllText(temporary, GridPage.Render(Build(grid, clock.GetUtcNow())));
        File.Move(temporary, full, overwrite: true);
        return full;
    }

    /// <summary>Refuses a grid that is too large for a page, before it is computed.</summary>
    public static void Require(long cells)
    {
        if (cells > GridPage.MostCells)
        {
            throw new UsageException($"--html: {Number(cells)} settings are more than a page can show ({Number(GridPage.MostCells)}); take longer steps, or --json");
        }
    }

    private static GridModel Build(GridRun grid, DateTimeOffset now)
    {
        var best = grid.Figures[grid.Best];
        var what = $"{grid.Request.Strategy.Name} on {grid.Request.Universe.Name}";
        return new GridModel
        {
            Headline = $"{what}: {grid.Setting(grid.Best)} was best of {Count(grid.Figures.Length, "setting")}, with a Sharpe ratio of {Number(best.Sharpe, 2)} and a return of {Percent(best.TotalReturn, 0, sign: true)}",
            What = $"{what} · {Timestamp.Format(grid.Ts[0])} to {Timestamp.Format(grid.Ts[^1])} · {Count(grid.Ts.Length, "date")}",
            Findings = [.. GridText.Findings(grid)],
            Maps =
            [
                Map(grid, "Sharpe ratio", f => f.Sharpe, percent: false, 2),
                Map(grid, "Total return", f => f.TotalReturn, percent: true, 0),
                Map(grid, "Maximum drawdown", f => f.MaxDrawdown, percent: true, 1),
                Map(grid, "Orders", f => f.Orders, percent: false, 0),
            ],
            Tables = [Top(grid), .. grid.Walk is { } walk ? new[] { Walk(grid, walk), Chained(grid, walk) } : []],
            Made = $"Made {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC by run {grid.Run}.",
        };
    }

    private static GridMap Map(GridRun grid, string title, Func<GridFigures, double> figure, bool percent, int decimals)
    {
        // the longer axis goes down, where a page has room
        var (down, across) = grid.Axes[1].Values.Count > grid.Axes[0].Values.Count ? (1, 0) : (0, 1);
        var columns = grid.Axes[across].Values.Count;
        var cells = new double[grid.Axes[down].Values.Count * columns];
        Array.Fill(cells, double.NaN);
        for (var i = 0; i < grid.Figures.Length; i++)
        {
            cells[(grid.Points[i][down] * columns) + grid.Points[i][across]] = figure(grid.Figures[i]);
        }

        return new(title, grid.Axes[down].Name, grid.Axes[down].Values, grid.Axes[across].Name, grid.Axes[across].Values, cells, percent, decimals,
            (grid.Points[grid.Best][down] * columns) + grid.Points[grid.Best][across]);
    }

    private static GridTable Top(GridRun grid)
    {
        var order = grid.Ranked();
        return new($"The best {Math.Min(Listed, order.Length)}", 0, [.. grid.Axes.Select(a => a.Name), "orders", "final value", "total return", "Sharpe", "max drawdown"],
            [.. order.Take(Listed).Select(i => (string[])[.. grid.Axes.Select((_, a) => grid.Value(i, a)), .. Cells(grid.Figures[i])])]);
    }

    private static GridTable Walk(GridRun grid, WalkForwardResult walk) => new(
        $"Walk forward, {(grid.Request.Walk!.Anchored ? "anchored" : "rolling")}: chosen on {Number(grid.Request.Walk.Train)} dates{(grid.Request.Walk.Anchored ? " and more" : "")}, traded on the next {Number(grid.Request.Walk.Test)}", 3,
        ["traded from", "to", "choice", "Sharpe when chosen", "Sharpe when traded", "return when traded"],
        [.. walk.Steps.Select(s => (string[])[Timestamp.Format(grid.Ts[s.Window.TestFirst]), Timestamp.Format(grid.Ts[s.Window.TestLast]), grid.Setting(s.Trial),
            Number(s.InSample.Sharpe, 2), Number(s.OutOfSample.Sharpe, 2), Percent(s.OutOfSample.TotalReturn, sign: true)])]);

    private static GridTable Chained(GridRun grid, WalkForwardResult walk) => new(
        "Over the traded dates", 1, ["", "orders", "final value", "total return", "Sharpe", "max drawdown"],
        [(string[])["chosen as it went", .. Cells(walk.Chained)], (string[])[$"best with hindsight: {grid.Setting(walk.HindsightTrial)}", .. Cells(walk.Hindsight)]]);

    private static string[] Cells(GridFigures f) => [Number(f.Orders), Number(f.FinalValue, 2), Percent(f.TotalReturn, sign: true), Number(f.Sharpe, 2), Percent(f.MaxDrawdown)];
}
