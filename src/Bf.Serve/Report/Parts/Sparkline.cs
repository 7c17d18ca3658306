using System.Globalization;

namespace Bf.Serve.Report.Parts;

/// <summary>A small line without axes: the shape of the last bars. It is drawn here, not by script, so that it prints and needs nothing.</summary>
internal static class Sparkline
{
    /// <summary>How many bars it shows.</summary>
    public const int Bars = 120;

    private const double Width = 160;
    private const double Height = 32;
    private const double Margin = 3;

    /// <summary>The line, with a rule at <paramref name="zero"/> where that lies within; null where fewer than two values are defined.</summary>
    public static Html? Of(double?[] series, double? zero = null, string hue = "ink")
    {
        var tail = series.AsSpan(Math.Max(0, series.Length - Bars)).ToArray();
        var defined = tail.Where(v => v is { } x && double.IsFinite(x)).Select(v => v!.Value).ToArray();
        if (defined.Length < 2)
        {
            return null;
        }

        var (low, high) = (defined.Min(), defined.Max());
        var span = high > low ? high - low : 1;
        double X(int i) => Margin + ((Width - (2 * Margin)) * i / (tail.Length - 1));
        double Y(double v) => Height - Margin - ((Height - (2 * Margin)) * (v - low) / span);

        var path = new System.Text.StringBuilder();
        var pen = 'M';
        for (var i = 0; i < tail.Length; i++)
        {
            if (tail[i] is not { } v || !double.IsFinite(v))
            {
                pen = 'M';
                continue;
            }

            path.Append(pen).Append(Short(X(i))).Append(' ').Append(Short(Y(v)));
            pen = 'L';
        }

        var html = Html.Of($"<svg class=\"spark {hue}\" viewBox=\"0 0 160 32\" aria-hidden=\"true\">");
        if (zero is { } z && z > low && z < high)
        {
            html.Add($"<line x1=\"0\" x2=\"160\" y1=\"{Short(Y(z))}\" y2=\"{Short(Y(z))}\"/>");
        }

        html.Add($"<path d=\"{path.ToString()}\"/>");
        if (tail[^1] is { } end && double.IsFinite(end))
        {
            html.Add($"<circle cx=\"{Short(X(tail.Length - 1))}\" cy=\"{Short(Y(end))}\" r=\"2.5\"/>");
        }

        return html.Add($"</svg>");
    }

    /// <summary>A mark for each event among the last bars, on the time axis of the lines.</summary>
    public static Html? Marks(long[] ts, IEnumerable<long> events)
    {
        var tail = ts.AsSpan(Math.Max(0, ts.Length - Bars)).ToArray();
        if (tail.Length < 2)
        {
            return null;
        }

        var html = Html.Of($"<svg class=\"beats\" viewBox=\"0 0 160 32\" aria-hidden=\"true\"><line x1=\"0\" x2=\"160\" y1=\"16\" y2=\"16\"/>");
        foreach (var at in events.Distinct().Select(e => Array.BinarySearch(tail, e)).Where(i => i >= 0).Order())
        {
            html.Add($"<path d=\"M{Short(Margin + ((Width - (2 * Margin)) * at / (tail.Length - 1)))} 12l4 4l-4 4l-4 -4z\"/>");
        }

        return html.Add($"</svg>");
    }

    private static string Short(double v) => v.ToString("0.#", CultureInfo.InvariantCulture);
}
