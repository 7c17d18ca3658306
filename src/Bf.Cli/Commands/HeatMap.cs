using System.Globalization;
using Bf.Jobs.Backtests;

namespace Bf.Cli.Commands;

/// <summary>A grid of two parameters as a map in text: the darker a cell, the higher its figure. Shades, not colours, carry it.</summary>
internal static class HeatMap
{
    private const string Shades = "·░▒▓█";

    public static void Write(Output output, GridRun grid, string figure)
    {
        var (rows, columns) = (grid.Axes[0].Values.Count, grid.Axes[1].Values.Count);
        // the longer axis goes down, where a terminal has room
        var turned = columns > rows;
        var (down, across) = turned ? (1, 0) : (0, 1);
        var cells = new double[grid.Axes[down].Values.Count, grid.Axes[across].Values.Count];
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        Fill(cells);
        for (var i = 0; i < grid.Figures.Length; i++)
        {
            var value = Value(grid, i, figure);
            cells[grid.Points[i][down], grid.Points[i][across]] = value;
            (least, most) = double.IsNaN(value) ? (least, most) : (Math.Min(least, value), Math.Max(most, value));
        }

        var label = grid.Axes[down].Values.Max(v => v.Length);
        var width = Math.Max(2, grid.Axes[across].Values.Max(v => v.Length) + 1);
        output.Line();
        output.Line($"{figure}: {grid.Axes[down].Name} down, {grid.Axes[across].Name} across; {Text(least, figure)} {Shades} {Text(most, figure)}, blank undefined or left out, the best is [ ]");
        output.Line(new string(' ', label + 1) + string.Concat(grid.Axes[across].Values.Select(v => v.PadLeft(width))));
        for (var r = 0; r < cells.GetLength(0); r++)
        {
            output.Line(grid.Axes[down].Values[r].PadLeft(label) + " " + string.Concat(Enumerable.Range(0, cells.GetLength(1)).Select(c => Cell(r, c))).TrimEnd());
        }

        string Cell(int r, int c)
        {
            var best = grid.Points[grid.Best][down] == r && grid.Points[grid.Best][across] == c;
            var value = cells[r, c];
            var shade = double.IsNaN(value) ? ' ' : most > least ? Shades[(int)Math.Min(Shades.Length - 1, (value - least) / (most - least) * Shades.Length)] : Shades[2];
            return best ? $"[{new string(shade, Math.Max(1, width - 2))}]".PadLeft(width) : $" {new string(shade, width - 1)}";
        }
    }

    private static void Fill(double[,] cells)
    {
        for (var r = 0; r < cells.GetLength(0); r++)
        {
            for (var c = 0; c < cells.GetLength(1); c++)
            {
                cells[r, c] = double.NaN;
            }
        }
    }

    private static double Value(GridRun grid, int trial, string figure)
    {
        var f = grid.Figures[trial];
        return figure switch { "sharpe" => f.Sharpe, "total_return" => f.TotalReturn, "max_drawdown" => f.MaxDrawdown, "orders" => f.Orders, _ => f.FinalValue };
    }

    private static string Text(double value, string figure) => figure switch
    {
        "total_return" or "max_drawdown" => TextTable.Percent(value),
        "sharpe" => TextTable.Number(value, 2),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };
}
