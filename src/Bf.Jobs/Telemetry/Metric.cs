namespace Bf.Jobs.Telemetry;

/// <summary>
/// A metric that bf gives out: an entry of <see cref="Instruments"/>, and the way to record its values. Recording costs one look at a field while
/// nobody listens.
/// </summary>
/// <param name="kind">What its figures are.</param>
/// <param name="name">Its name by OpenTelemetry's rules: <c>bf.lake.commits</c>.</param>
/// <param name="unit">Its unit by UCUM (<c>s</c>, <c>By</c>), or what is counted, in braces (<c>{bar}</c>).</param>
/// <param name="meaning">What it says, in half a sentence.</param>
/// <param name="attributes">The names of its attributes, in the order in which values are given.</param>
public sealed class Metric(MetricKind kind, string name, string unit, string meaning, params string[] attributes)
{
    /// <summary>What its figures are.</summary>
    public MetricKind Kind => kind;

    /// <summary>Its name by OpenTelemetry's rules.</summary>
    public string Name => name;

    /// <summary>Its unit.</summary>
    public string Unit => unit;

    /// <summary>What it says.</summary>
    public string Meaning => meaning;

    /// <summary>The names of its attributes.</summary>
    public IReadOnlyList<string> Attributes => attributes;

    /// <summary>Its name in Prometheus: of a histogram without <c>_bucket</c>, <c>_sum</c> and <c>_count</c>.</summary>
    public string PrometheusName => Prometheus.PrometheusNames.Of(name, unit, kind);

    /// <summary>The names that a query may ask Prometheus for.</summary>
    public IReadOnlyList<string> PrometheusSeries => kind == MetricKind.Histogram
        ? [$"{PrometheusName}_bucket", $"{PrometheusName}_sum", $"{PrometheusName}_count"]
        : [PrometheusName];

    /// <summary>The names of its attributes as Prometheus' labels.</summary>
    public IReadOnlyList<string> PrometheusLabels => [.. attributes.Select(Prometheus.PrometheusNames.Label)];

    /// <summary>Records a value: adds it to a counter, puts it in a gauge's place, or among a histogram's.</summary>
    /// <param name="value">The value; of a counter, whole.</param>
    /// <param name="values">The attributes' values, in their order; null for one that does not apply.</param>
    internal void Record(double value, params ReadOnlySpan<string?> values)
    {
        if (Meters.IsOn)
        {
            Meters.Record(this, value, values);
        }
    }
}
