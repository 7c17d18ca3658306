using System.Text;

namespace Bf.Jobs.Telemetry.Prometheus;

/// <summary>Names as Prometheus has them, by OpenTelemetry's rules of translation: the unit in full behind the name, and <c>_total</c> behind what only grows.</summary>
internal static class PrometheusNames
{
    /// <summary>A metric's name.</summary>
    public static string Of(string name, string unit, MetricKind kind)
    {
        var text = Plain(name);
        var suffix = unit switch
        {
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",
            "1" => kind == MetricKind.Gauge ? "ratio" : "",
            "" => "",
            _ when unit.StartsWith('{') => "",
            _ => Plain(unit),
        };
        if (suffix.Length > 0 && !text.EndsWith($"_{suffix}", StringComparison.Ordinal))
        {
            text = $"{text}_{suffix}";
        }

        return kind == MetricKind.Counter && !text.EndsWith("_total", StringComparison.Ordinal) ? $"{text}_total" : text;
    }

    /// <summary>A label's name.</summary>
    public static string Label(string attribute) => Plain(attribute);

    /// <summary>Letters, digits and underscores, none of these twice in a row, and no digit in front.</summary>
    private static string Plain(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                text.Append(c);
            }
            else if (text.Length == 0 || text[^1] != '_')
            {
                text.Append('_');
            }
        }

        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? $"_{text}" : text.ToString();
    }
}
