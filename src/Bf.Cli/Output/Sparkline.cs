namespace Bf.Cli;

/// <summary>A line of bars in text.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>The values as bars between their least and greatest; undefined ones are gaps.</summary>
    public static string Of(IEnumerable<double> values)
    {
        var list = values.ToList();
        var defined = list.Where(double.IsFinite).ToList();
        if (defined.Count == 0)
        {
            return "";
        }

        var (low, high) = (defined.Min(), defined.Max());
        return string.Concat(list.Select(v => !double.IsFinite(v) ? ' ' : high > low ? Bars[(int)Math.Min(7, (v - low) / (high - low) * 8)] : Bars[3]));
    }
}
