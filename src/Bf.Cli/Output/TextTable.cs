using System.Globalization;

namespace Bf.Cli;

/// <summary>An aligned table: numbers to the right, text to the left, nothing but spaces between.</summary>
internal sealed class TextTable(params string[] headers)
{
    private readonly List<string[]> _rows = [];
    private const int LeastFolded = 36;
    private readonly HashSet<int> _right = [];
    private bool _folded;

    /// <summary>Puts columns to the right.</summary>
    public TextTable Right(params int[] columns)
    {
        _right.UnionWith(columns);
        return this;
    }

    /// <summary>Breaks the last column between words where the table would be wider than the screen.</summary>
    public TextTable Folded()
    {
        _folded = true;
        return this;
    }

    /// <summary>Adds a row; null is shown as an empty cell.</summary>
    public void Add(params string?[] cells) => _rows.Add([.. cells.Select(c => c ?? "")]);

    /// <summary>Writes the table for a screen of <paramref name="width"/> columns.</summary>
    public void WriteTo(TextWriter writer, int width)
    {
        var widths = headers.Select((h, c) => Math.Max(h.Length, _rows.Count == 0 ? 0 : _rows.Max(r => r[c].Length))).ToArray();
        var before = widths.Take(widths.Length - 1).Sum(w => w + 2);
        var room = Math.Max(LeastFolded, width - before);
        Write(headers);
        foreach (var row in _rows)
        {
            string[] lines = _folded ? [.. Words.Fold(row[^1], room)] : [row[^1]];
            Write([.. row[..^1], lines[0]]);
            foreach (var more in lines[1..])
            {
                writer.WriteLine(new string(' ', before) + more);
            }
        }

        void Write(string[] cells) =>
            writer.WriteLine(string.Join("  ", cells.Select((cell, c) => _right.Contains(c) ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).TrimEnd());
    }

    /// <summary>A whole number with separators.</summary>
    public static string Number(long n) => n.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>So many of something: 1 date, 2 dates.</summary>
    public static string Count(long n, string one) => $"{Number(n)} {one}{(n == 1 ? "" : "s")}";

    /// <summary>A number with fixed decimals, or a dash.</summary>
    public static string Number(double? n, int decimals) =>
        n is { } x && double.IsFinite(x) ? x.ToString($"#,0.{new string('0', decimals)}", CultureInfo.InvariantCulture) : "-";

    /// <summary>A fraction in percent, with sign when asked, or a dash.</summary>
    public static string Percent(double? fraction, int decimals = 1, bool sign = false) =>
        fraction is { } x && double.IsFinite(x) ? $"{(sign && x > 0 ? "+" : "")}{Number(100 * x, decimals)} %" : "-";
}
