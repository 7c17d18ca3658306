using System.Diagnostics.Metrics;

namespace Bf.Jobs.Telemetry.Prometheus;

/// <summary>
/// The figures of all metrics since it began to listen, in the form in which Prometheus wants them: sums, present values, and distributions by bounds.
/// </summary>
internal sealed class MetricStore : IDisposable
{
    // where an instrument names none
    private static readonly double[] UsualBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    // a service that names things without end must not fill the memory: what comes later is left out
    private const int MostSeries = 2_000;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="version">bf's version.</param>
    public MetricStore(string version)
    {
        var target = _families[Instruments.TargetInfo.PrometheusName] = new(Instruments.TargetInfo.PrometheusName, MetricKind.Gauge, Instruments.TargetInfo.Meaning);
        target.Record(PrometheusText.Labels([new("service.name", "bf"), new("service.version", version)]), 1, MostSeries);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Names.Contains(instrument.Meter.Name) && Meters.IsGivenOut(instrument))
            {
                listener.EnableMeasurementEvents(instrument, Family(instrument));
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Record(value, tags, family));
        _listener.Start();
        Meters.Listened();
    }

    /// <summary>The figures as text, those that are looked up now among them.</summary>
    public string Text()
    {
        _listener.RecordObservableInstruments();
        lock (_gate)
        {
            return PrometheusText.Of(_families.Values);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private MetricFamily Family(Instrument instrument)
    {
        // .NET counts the length of a queue among what only grows; the catalogue knows better
        var metric = Instruments.All.First(m => m.Name == instrument.Name);
        var name = metric.PrometheusName;
        lock (_gate)
        {
            return _families.TryGetValue(name, out var known) ? known
                : _families[name] = new(name, metric.Kind, metric.Meaning) { Adds = !instrument.IsObservable, Bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? UsualBounds };
        }
    }

    private void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var family = (MetricFamily)state!;
        var labels = PrometheusText.Labels(tags);
        lock (_gate)
        {
            family.Record(labels, value, MostSeries);
        }
    }
}
