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

        var (traces, metrics) = (Address(settings, "TRACES"), Address(settings, "METRICS"));
        if (traces is null && metrics is null)
        {
            return null;
        }

        var said = settings.Of("OTEL_EXPORTER_OTLP_PROTOCOL").Value;
        var grpc = said is null ? (traces ?? metrics)!.Port == GrpcPort : said == "grpc";
        return new(Full(settings, "TRACES", traces, grpc), Full(settings, "METRICS", metrics, grpc), grpc);
    }

    private static string Own(string signal) => $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT";

    private static Uri? Address(Settings settings, string signal) =>
        (settings.Of(Own(signal)).Value ?? settings.Of(General).Value) is not { Length: > 0 } text ? null
        : Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw new JobException($"{(settings.Of(Own(signal)).Value is null ? General : Own(signal))}: '{Secrets.Mask(text)}' is no address like http://localhost:4318");

    // the path of a signal is put behind an address for all of them, and not behind one of its own
    private static Uri? Full(Settings settings, string signal, Uri? given, bool grpc) =>
        given is null || grpc || settings.Of(Own(signal)).Value is not null ? given : new($"{given.AbsoluteUri.TrimEnd('/')}/v1/{signal.ToLowerInvariant()}");
}
