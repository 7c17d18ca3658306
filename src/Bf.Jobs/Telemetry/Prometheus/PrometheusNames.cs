using System.Text;

namespace Bf.Jobs.Telemetry.Prometheus;

/// <summary>Names as Prometheus has them, by OpenTelemetry's rules of translation: the unit in full behind the name, and <c>_total</c> behind what only grows.</summary>
internal static class PrometheusNames
{
    /// <summary>A metric's name.</summary>
    public static string Of(string name, string unit, MetricKind kind)
    {
        var words = Plain(name).Split('_').ToList();
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
        // as Prometheus' own receiver of OTLP names what is pushed: what the name says already is not said again, and a total goes to the end
        if (suffix.Length > 0 && !words.Contains(suffix))
        {
            words.Add(suffix);
        }

        if (kind == MetricKind.Counter)
        {
            words.RemoveAll(w => w == "total");
            words.Add("total");
        }

        return string.Join('_', words);
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
