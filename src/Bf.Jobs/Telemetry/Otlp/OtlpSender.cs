using System.Globalization;

namespace Bf.Jobs.Telemetry.Otlp;

/// <summary>
/// Sends what is gathered, on a thread of its own that a command never waits for while it works: OpenTelemetry's exporter takes as long to load and
/// start as a short command takes in all. Nothing of it is loaded before somebody answers at the address.
/// </summary>
internal sealed class OtlpSender : IDisposable
{
    private const string PatienceSetting = "OTEL_BSP_EXPORT_TIMEOUT";

    // together less than the tenth of a second by which a silent endpoint may delay a command
    private static readonly TimeSpan Unanswered = TimeSpan.FromMilliseconds(50);

    // one that answers is waited for: a collector that is busy, on a machine that is
    private static readonly TimeSpan Answered = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(500);

    private readonly OtlpTarget _target;
    private readonly TraceListener? _spans;
    private readonly string _version;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _unanswered;
    private readonly ManualResetEventSlim _heard = new();
    private readonly ManualResetEventSlim _wanted = new();
    private readonly ManualResetEventSlim _done = new();
    private volatile string? _trouble;
    private long _heardAt;
    private int _said;

    /// <summary>Begins.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="spans">What gathers the spans; null where traces are not sent.</param>
    /// <param name="version">bf's version.</param>
    /// <param name="clock">The time.</param>
    public OtlpSender(OtlpTarget target, TraceListener? spans, string version, TimeProvider clock)
    {
        (_target, _spans, _version, _clock) = (target, spans, version, clock);
        // who says how long an export may take wants his spans more than his time
        _unanswered = int.TryParse(Environment.GetEnvironmentVariable(PatienceSetting), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : Unanswered;
        new Thread(Run) { IsBackground = true, Name = "otlp" }.UnsafeStart();
    }

    private Uri Address => (_target.Traces ?? _target.Metrics)!;

    /// <summary>Sends the rest; waits for somebody who does not answer for a moment at the most, and for nobody longer than a few seconds.</summary>
    public void Dispose()
    {
        _wanted.Set();
        // where it is known that nobody is there, nobody is waited for
        if (_trouble is not null || !_heard.Wait(_unanswered) || !IsAlive())
        {
            Say(_trouble ?? "no answer");
            return;
        }

        if (!_done.Wait(_unanswered > Answered ? _unanswered : Answered))
        {
            Say("what was last sent was not taken in time");
        }
    }

    /// <summary>Whether it still answers, where that was heard a while ago.</summary>
    private bool IsAlive()
    {
        if (_clock.GetElapsedTime(Interlocked.Read(ref _heardAt)) < Fresh)
        {
            return true;
        }

        using var alive = new ManualResetEventSlim();
        new Thread(() =>
        {
            if (EndpointProbe.Trouble(Address, _target.Grpc, _unanswered) is null)
            {
                alive.Set();
            }
        }) { IsBackground = true }.UnsafeStart();
        return alive.Wait(_unanswered);
    }

    private void Run()
    {
        try
        {
            while ((_trouble = EndpointProbe.Trouble(Address, _target.Grpc, ProbePatience)) is { } trouble)
            {
                Say(trouble);
                if (_wanted.Wait(Again))
                {
                    return;
                }
            }

            Interlocked.Exchange(ref _heardAt, _clock.GetTimestamp());
            _heard.Set();
            Pass();
        }
        catch (Exception e) // whatever it is, the command's own work is not to fail of it
        {
            Say(e.GetBaseException().Message);
        }
        finally
        {
            _done.Set();
        }
    }

    private void Pass()
    {
        using var pipeline = new OtlpPipeline(_target, _version, Say, () => Interlocked.Exchange(ref _heardAt, _clock.GetTimestamp()));
        Meters.Listened();
        bool isLast;
        do
        {
            isLast = _wanted.Wait(Often); // first, so that what ended before the end is taken too
            while (_spans is not null && _spans.Ended.TryDequeue(out var span))
            {
                pipeline.Take(span);
            }
        }
        while (!isLast);

        pipeline.Flush((int)Answered.TotalMilliseconds);
        if (_spans is { Lost: > 0 and var lost })
        {
            Log.Debug($"{lost} spans were not sent: they came faster than they could be taken");
        }
    }

    private void Say(string trouble)
    {
        if (Interlocked.Exchange(ref _said, 1) == 0)
        {
            Log.Debug($"traces and metrics can't be sent to {Address.GetLeftPart(UriPartial.Authority)}/: {trouble}");
        }
    }
}
