using System.Collections.Concurrent;
using System.Diagnostics;

namespace Bf.Jobs.Telemetry;

/// <summary>
/// Gathers spans from the first on, until what sends them is ready: that takes longer to start than many a command takes. HTTP requests are spans
/// where a source of bars is asked, and everywhere when details are wanted.
/// </summary>
internal sealed class TraceListener : IDisposable
{
    /// <summary>The name under which bf's own spans are made.</summary>
    public const string Source = "Bf";

    private const string Http = "System.Net.Http";
    private const int MostWaiting = 8192;
    private readonly ActivityListener _listener;
    private readonly bool _details;
    private long _lost;

    /// <summary>Begins.</summary>
    /// <param name="details">Whether each HTTP request is a span.</param>
    public TraceListener(bool details)
    {
        _details = details;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Source or Http,
            Sample = Sample,
            ActivityStopped = Stopped,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Spans that have ended and were not taken.</summary>
    public ConcurrentQueue<Activity> Ended { get; } = new();

    /// <summary>Spans that found no room.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> options) =>
        options.Source.Name == Source || (options.Parent.SpanId != default && (_details || IsAsking()))
            ? ActivitySamplingResult.AllDataAndRecorded
            : ActivitySamplingResult.None;

    private static bool IsAsking() => Activity.Current?.OperationName.StartsWith("fetch ", StringComparison.Ordinal) == true;

    private void Stopped(Activity activity)
    {
        if (Ended.Count < MostWaiting)
        {
            Ended.Enqueue(activity);
        }
        else
        {
            Interlocked.Increment(ref _lost);
        }
    }
}
