using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Bf.Jobs.Telemetry;

/// <summary>
/// The instruments behind <see cref="Instruments"/>, made when somebody listens and a value first comes. The switch stands apart from them: nothing
/// of .NET's metrics is loaded while it is off.
/// </summary>
internal static class Meters
{
    private const int MostWaiting = 8192;
    private static readonly Lock Gate = new();
    private static List<(Metric Metric, double Value, string?[] Values)>? _waiting;

    /// <summary>Whether somebody listens. Set before any work begins.</summary>
    public static volatile bool IsOn;

    /// <summary>The meters whose metrics are given out.</summary>
    public static IReadOnlyList<string> Names { get; } = [TraceListener.Source, InstrumentsOfPlatform.RuntimeMeter, InstrumentsOfPlatform.HttpMeter];

    /// <summary>Keeps values until somebody listens: what sends them takes its time to start.</summary>
    public static void Gather() => (_waiting, IsOn) = (new(), true);

    /// <summary>Somebody listens now, and hears what was kept.</summary>
    public static void Listened()
    {
        lock (Gate)
        {
            foreach (var (metric, value, values) in _waiting ?? [])
            {
                Made.Record(metric, value, values);
            }

            (_waiting, IsOn) = (null, true);
        }
    }

    /// <summary>Records a value.</summary>
    public static void Record(Metric metric, double value, ReadOnlySpan<string?> values)
    {
        lock (Gate)
        {
            if (_waiting is { Count: < MostWaiting } waiting)
            {
                waiting.Add((metric, value, values.ToArray()));
            }

            if (_waiting is not null)
            {
                return;
            }
        }

        Made.Record(metric, value, values);
    }

    /// <summary>Gives out a gauge whose values are looked up when somebody asks for them.</summary>
    /// <param name="metric">The gauge.</param>
    /// <param name="read">Its values, each with the value of its first attribute, or with null.</param>
    public static void Observe(Metric metric, Func<IEnumerable<(double Value, string? Attribute)>> read) => Made.Observe(metric, read);

    /// <summary>Whether an instrument is one of the catalogue's.</summary>
    public static bool IsGivenOut(Instrument instrument) =>
        Instruments.All.Any(m => m.Name == instrument.Name);

    private static class Made
    {
        private static readonly Meter Meter = new(TraceListener.Source);
        private static readonly ConcurrentDictionary<Metric, Instrument> Known = new();

        // from a request on the loopback to a night's fetch
        private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] };

        public static void Record(Metric metric, double value, ReadOnlySpan<string?> values)
        {
            var tags = new TagList();
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] is { } text)
                {
                    tags.Add(metric.Attributes[i], text);
                }
            }

            switch (Known.GetOrAdd(metric, Make))
            {
                case Counter<long> counter:
                    counter.Add((long)value, tags);
                    break;
                case Gauge<double> gauge:
                    gauge.Record(value, tags);
                    break;
                case Histogram<double> histogram:
                    histogram.Record(value, tags);
                    break;
            }
        }

        public static void Observe(Metric metric, Func<IEnumerable<(double Value, string? Attribute)>> read) => Meter.CreateObservableGauge(metric.Name, () => read().Select(v => Of(metric, v.Value, v.Attribute)), metric.Unit, metric.Meaning);

        private static Measurement<double> Of(Metric metric, double value, string? attribute) =>
            attribute is null ? new(value) : new(value, new KeyValuePair<string, object?>(metric.Attributes[0], attribute));

        private static Instrument Make(Metric metric) => metric.Kind switch
        {
            MetricKind.Counter => Meter.CreateCounter<long>(metric.Name, metric.Unit, metric.Meaning),
            MetricKind.Gauge => Meter.CreateGauge<double>(metric.Name, metric.Unit, metric.Meaning),
            _ => Meter.CreateHistogram(metric.Name, metric.Unit, metric.Meaning, null, Seconds),
        };
    }
}
