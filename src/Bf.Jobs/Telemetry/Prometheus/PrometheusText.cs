using System.Globalization;
using System.Text;

namespace Bf.Jobs.Telemetry.Prometheus;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    /// <summary>The format's name, as a server says it.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Metrics as text, in their order.</summary>
    public static string Of(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            if (family.Series.Count > 0)
            {
                Write(text, family);
            }
        }

        return text.ToString();
    }

    /// <summary>Labels in the order of their names, as they stand between braces; of two that become one name both values stay.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is { } said)
            {
                var label = PrometheusNames.Label(name);
                labels[label] = labels.TryGetValue(label, out var other) ? $"{other};{said}" : said;
            }
        }

        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"").Append(EscapeValue(value)).Append('"');
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, MetricFamily family)
    {
        text.Append("# HELP ").Append(family.Name).Append(' ').Append(EscapeHelp(family.Meaning)).Append('\n');
        text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Kind.ToString().ToLowerInvariant()).Append('\n');
        foreach (var (labels, series) in family.Series)
        {
            if (family.Kind != MetricKind.Histogram)
            {
                Line(text, family.Name, labels, "", series.Value);
                continue;
            }

            for (var i = 0; i < family.Bounds.Count; i++)
            {
                Line(text, $"{family.Name}_bucket", labels, $"le=\"{Number(family.Bounds[i])}\"", series.UpTo[i]);
            }

            Line(text, $"{family.Name}_bucket", labels, "le=\"+Inf\"", series.Count);
            Line(text, $"{family.Name}_sum", labels, "", series.Value);
            Line(text, $"{family.Name}_count", labels, "", series.Count);
        }
    }

    private static void Line(StringBuilder text, string name, string labels, string last, double value)
    {
        text.Append(name);
        if (labels.Length + last.Length > 0)
        {
            text.Append('{').Append(labels).Append(labels.Length > 0 && last.Length > 0 ? "," : "").Append(last).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? value > 0 ? "+Inf" : "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string EscapeValue(string value) => EscapeHelp(value).Replace("\"", "\\\"", StringComparison.Ordinal);

    // a carriage return is no end of a line there; half of a surrogate pair would be no UTF-8
    private static string EscapeHelp(string value) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value)).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
