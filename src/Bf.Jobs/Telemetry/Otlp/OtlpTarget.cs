using Bf.Jobs.Config;

namespace Bf.Jobs.Telemetry.Otlp;

/// <summary>Where traces and metrics go, as the settings <c>OTEL_...</c> say; what is not read here is read by OpenTelemetry's own exporter.</summary>
/// <param name="Traces">Where traces go; null for nowhere.</param>
/// <param name="Metrics">Where metrics go; null for nowhere.</param>
/// <param name="Grpc">Whether by gRPC; else HTTP with protobuf.</param>
internal sealed record OtlpTarget(Uri? Traces, Uri? Metrics, bool Grpc)
{
    private const string General = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const int GrpcPort = 4317;

    /// <summary>Reads the settings.</summary>
    /// <returns>Null where nothing is to be sent.</returns>
    /// <exception cref="JobException">An address is none.</exception>
    public static OtlpTarget? Of(Settings settings)
    {
        if (settings.Of("OTEL_SDK_DISABLED").Value is { } off && off.Trim().Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var traces = Address(settings, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
        var metrics = Address(settings, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");
        if (traces is null && metrics is null)
        {
            return null;
        }

        var said = settings.Of("OTEL_EXPORTER_OTLP_PROTOCOL").Value;
        return new(traces, metrics, said is null ? (traces ?? metrics)!.Port == GrpcPort : said == "grpc");
    }

    private static Uri? Address(Settings settings, string own) =>
        (settings.Of(own).Value ?? settings.Of(General).Value) is not { Length: > 0 } text ? null
        : Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw new JobException($"{(settings.Of(own).Value is null ? General : own)}: '{Secrets.Mask(text)}' is no address like http://localhost:4318");
}
