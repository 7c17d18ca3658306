using Bf.Jobs.Config;
using Bf.Jobs.Telemetry.Otlp;

namespace Bf.Jobs.Telemetry;

/// <summary>
/// Traces and metrics of one command, sent by OTLP where a setting says where to; its span is the root of all that it does. Where no setting says
/// so there is none, and it costs a look at the settings.
/// </summary>
public sealed class CommandTelemetry : IDisposable
{
    private readonly TraceListener? _spans;
    private readonly OtlpSender _sender;
    private readonly Span? _root;

    private CommandTelemetry(OtlpTarget target, Settings settings, string command, string version, TimeProvider clock)
    {
        Hand(settings);
        if (target.Traces is not null)
        {
            _spans = new(settings.Of("BF_TRACE_DETAIL").Value?.Trim().Equals("true", StringComparison.OrdinalIgnoreCase) == true);
            Span.IsOn = true;
        }

        if (target.Metrics is not null)
        {
            Meters.Gather();
        }

        _sender = new(target, _spans, version, clock);
        // a pipeline's own trace goes on in the command's
        _root = Span.Continue(command, SpanRole.Internal, Environment.GetEnvironmentVariable("TRACEPARENT"));
    }

    /// <summary>Begins, where a setting says where to send.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="command">The command's name: <c>bf signals generate</c>.</param>
    /// <param name="version">bf's version.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="JobException">An address is none.</exception>
    public static CommandTelemetry? Begin(Settings settings, string command, string version, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return OtlpTarget.Of(settings) is { } target ? new(target, settings, command, version, clock) : null;
    }

    /// <summary>Notes how the command ended.</summary>
    /// <param name="code">Its exit code.</param>
    /// <param name="message">What it said of its failure; null where it did not fail.</param>
    public void Ended(int code, string? message)
    {
        _root?.Set("process.exit.code", code);
        if (code != 0)
        {
            _root?.Fail($"exit {code}", message);
        }
    }

    /// <summary>Sends the rest.</summary>
    public void Dispose()
    {
        _root?.Dispose();
        _sender.Dispose();
        Span.IsOn = false;
        _spans?.Dispose();
    }

    /// <summary>Settings of <c>.env</c> and of profiles count for OpenTelemetry's exporter, too, which reads the environment.</summary>
    private static void Hand(Settings settings)
    {
        foreach (var (name, value) in settings.Named("OTEL_"))
        {
            if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }
}
