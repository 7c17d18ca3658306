using System.Globalization;
using Bf.Serve.Report.Parts;

namespace Bf.Serve.Grid;

/// <summary>
/// A map as SVG: one hue above zero, another below, the stronger the farther; the figure of a cell is its tooltip. The two hues are told
/// apart by every kind of colour vision, and the best cell is framed.
/// </summary>
internal static class HeatMapSvg
{
    private const int Width = 500;
    private const int Tallest = 640;
    private const int Top = 22;

    public static Html Render(GridMap map)
    {
        var (rows, columns) = (map.Rows.Count, map.Columns.Count);
        var left = 12 + (7 * Longest(map.Rows));
        var wide = (double)(Width - left) / columns;
        var high = Math.Clamp(Math.Min(wide, (double)Tallest / rows), 5, 26);
        var height = Top + (rows * high) + 4;
        var (least, most) = Range(map.Cells);
        var html = new Html().Add($"<figure>\n<figcaption><h2>{map.Title}</h2><p class=\"shows\">{map.Down} down, {map.Across} across. {Legend(map, least, most)}</p></figcaption>\n");
        html.Add($"<svg viewBox=\"0 0 {Width} {N(height)}\" role=\"img\" aria-label=\"{map.Title}\">\n");
        for (var c = 0; c < columns; c += Step(columns, wide, 26))
        {
            html.Add($"<text x=\"{N(left + ((c + 0.5) * wide))}\" y=\"{N(Top - 7)}\" text-anchor=\"middle\">{map.Columns[c]}</text>");
        }

        for (var r = 0; r < rows; r += Step(rows, high, 13))
        {
            html.Add($"<text x=\"{left - 6}\" y=\"{N(Top + ((r + 0.5) * high) + 4)}\" text-anchor=\"end\">{map.Rows[r]}</text>");
        }

        html.Add($"\n");
        for (var i = 0; i < map.Cells.Length; i++)
        {
            var value = map.Cells[i];
            if (!double.IsNaN(value))
            {
                var (x, y) = (N(left + (i % columns * wide)), N(Top + (i / columns * high)));
                html.Add($"<rect class=\"{(value < 0 ? "down" : "up")}\" x=\"{x}\" y=\"{y}\" width=\"{N(wide - 0.6)}\" height=\"{N(high - 0.6)}\" fill-opacity=\"{N(Strength(value, least, most))}\"><title>{map.Down} {map.Rows[i / columns]}, {map.Across} {map.Columns[i % columns]}: {Text(map, value)}</title></rect>\n");
            }
        }

        var best = (X: N(left + (map.Best % columns * wide)), Y: N(Top + (map.Best / columns * high)));
        return html.Add($"<rect class=\"best\" x=\"{best.X}\" y=\"{best.Y}\" width=\"{N(wide - 0.6)}\" height=\"{N(high - 0.6)}\"/>\n</svg>\n</figure>\n");
    }

    private static int Longest(IReadOnlyList<string> labels)
    {
        var longest = 0;
        foreach (var label in labels)
        {
            longest = Math.Max(longest, label.Length);
        }

        return longest;
    }

    private static (double Least, double Most) Range(double[] cells)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in cells)
        {
            (least, most) = double.IsNaN(value) ? (least, most) : (Math.Min(least, value), Math.Max(most, value));
        }

        return (least, most);
    }

    /// <summary>Where all figures have one sign, their own range is spread over all shades; else zero is the palest.</summary>
    private static double Strength(double value, double least, double most)
    {
        var (zero, far) = least < 0 && most > 0 ? (0, Math.Max(-least, most)) : most <= 0 ? (most, most - least) : (least, most - least);
        return far > 0 ? 0.08 + (0.92 * Math.Abs(value - zero) / far) : 0.5;
    }

    private static string Legend(GridMap map, double least, double most) =>
        !(least <= most) ? "Undefined everywhere."
        : least < 0 && most > 0 ? $"From {Text(map, least)} (orange) over 0 (pale) to {Text(map, most)} (blue). The best is framed."
        : most <= 0 ? $"From {Text(map, most)} (pale) to {Text(map, least)} (strong). The best is framed."
        : $"From {Text(map, least)} (pale) to {Text(map, most)} (strong). The best is framed.";

    private static string Text(GridMap map, double value) => map.Percent ? Format.Percent(value, map.Decimals) : Format.Number(value, map.Decimals);

    private static int Step(int count, double size, double room) => Math.Max(1, Math.Min(count, (int)Math.Ceiling(room / size)));

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
