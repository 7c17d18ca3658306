using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Bf.Jobs.Telemetry.Otlp;

/// <summary>OpenTelemetry's own exporters: for spans that are handed to it, and for the metrics that it listens to. The only file that knows its packages.</summary>
internal sealed class OtlpPipeline : IDisposable
{
    private readonly TracerProvider? _tracer;
    private readonly MeterProvider? _meter;
    private readonly BatchActivityExportProcessor? _spans;

    /// <summary>Starts it.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="version">bf's version.</param>
    /// <param name="trouble">Hears that something was not taken.</param>
    /// <param name="taken">Hears that something was taken.</param>
    public OtlpPipeline(OtlpTarget target, string version, Action<string> trouble, Action taken)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService("bf", serviceVersion: version).AddTelemetrySdk().AddEnvironmentVariableDetector();
        if (target.Traces is not null)
        {
            var batch = new BatchExportActivityProcessorOptions();
            _spans = new(new Spans(Options(target, "TRACES", target.Traces), trouble, taken), batch.MaxQueueSize, batch.ScheduledDelayMilliseconds, batch.ExporterTimeoutMilliseconds, batch.MaxExportBatchSize);
            _tracer = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddProcessor(_spans).Build();
        }

        if (target.Metrics is not null)
        {
            var period = new PeriodicExportingMetricReaderOptions();
            var reader = new PeriodicExportingMetricReader(new Metrics(Options(target, "METRICS", target.Metrics), trouble, taken), period.ExportIntervalMilliseconds ?? 60_000, period.ExportTimeoutMilliseconds ?? 30_000)
            {
                TemporalityPreference = Variable("METRICS_TEMPORALITY_PREFERENCE") is "delta" or "lowmemory" ? MetricReaderTemporalityPreference.Delta : MetricReaderTemporalityPreference.Cumulative,
            };
            var builder = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddReader(reader)
                .AddView(instrument => Meters.IsGivenOut(instrument) ? null : MetricStreamConfiguration.Drop);
            foreach (var name in Meters.Names)
            {
                builder.AddMeter(name);
            }

            _meter = builder.Build();
        }
    }

    /// <summary>Takes a span that has ended.</summary>
    public void Take(Activity span) => _spans?.OnEnd(span);

    /// <summary>Sends what was taken, and the metrics as they are at the end.</summary>
    public void Flush(int milliseconds)
    {
        _spans?.ForceFlush(milliseconds);
        _meter?.Shutdown(milliseconds); // sends what there is; disposing it alone would wait without end
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tracer?.Dispose();
        _meter?.Dispose();
    }

    private static OtlpExporterOptions Options(OtlpTarget target, string signal, Uri endpoint)
    {
        var options = new OtlpExporterOptions { Protocol = target.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf };

        options.Endpoint = endpoint;
        options.Headers = Variable($"{signal}_HEADERS") ?? options.Headers;
        if (int.TryParse(Variable($"{signal}_TIMEOUT"), out var timeout))
        {
            options.TimeoutMilliseconds = timeout;
        }

        if (endpoint.IsLoopback)
        {
            // a proxy of the environment is for the way out; its localhost is another
            options.HttpClientFactory = () => new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMilliseconds(options.TimeoutMilliseconds) };
        }

        return options;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable($"OTEL_EXPORTER_OTLP_{name}") is { Length: > 0 } value ? value : null;

    private static ExportResult Heed(ExportResult result, string what, Action<string> trouble, Action taken)
    {
        if (result == ExportResult.Success)
        {
            taken();
        }
        else
        {
            trouble($"{what} were not taken: perhaps whoever answers there wants none");
        }

        return result;
    }

    private sealed class Spans(OtlpExporterOptions options, Action<string> trouble, Action taken) : OtlpTraceExporter(options)
    {
        public override ExportResult Export(in Batch<Activity> activityBatch) => Heed(base.Export(activityBatch), "traces", trouble, taken);
    }

    private sealed class Metrics(OtlpExporterOptions options, Action<string> trouble, Action taken) : OtlpMetricExporter(options)
    {
        public override ExportResult Export(in Batch<OpenTelemetry.Metrics.Metric> metrics) => Heed(base.Export(metrics), "metrics", trouble, taken);
    }
}
