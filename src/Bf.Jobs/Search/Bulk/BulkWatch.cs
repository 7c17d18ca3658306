using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Search.Bulk;

/// <summary>What is told of a request to the index: a span in the trace of who put its first document, and figures. There is none while nobody listens.</summary>
internal sealed class BulkWatch : IDisposable
{
    private const string Sink = "elasticsearch";
    private readonly List<BulkItem> _batch;
    private readonly TimeProvider _clock;
    private readonly long _began;
    private readonly Span? _span;

    private BulkWatch(string place, List<BulkItem> batch, TimeProvider clock)
    {
        (_batch, _clock, _began) = (batch, clock, clock.GetTimestamp());
        if (Span.IsOn)
        {
            List<string> origins = [.. batch.Select(i => i.Origin).OfType<string>().Distinct()];
            _span = Span.Continue("bulk", SpanRole.Client, origins.FirstOrDefault(), [.. origins.Skip(1)])
                ?.Set("db.system.name", Sink).Set("db.operation.name", "bulk").Set("db.operation.batch.size", batch.Count).Set("server.address", place);
        }
    }

    /// <summary>Begins, where somebody listens.</summary>
    public static BulkWatch? Begin(string place, List<BulkItem> batch, TimeProvider clock) => Span.IsOn || Meters.IsOn ? new(place, batch, clock) : null;

    /// <summary>Makes the request.</summary>
    public BulkAnswer Ask(Func<BulkAnswer> ask)
    {
        try
        {
            var answer = ask();
            var failed = answer.Outcome == BulkOutcome.Read ? null : answer.Outcome.ToString().ToLowerInvariant();
            Instruments.SinkRequestDuration.Record(_clock.GetElapsedTime(_began).TotalSeconds, Sink, failed);
            if (failed is not null)
            {
                _span?.Fail(failed, answer.Reason);
            }

            return answer;
        }
        catch (Exception e) when (_span?.Failed(e) == true)
        {
            throw; // not reached: the filter only looks on
        }
    }

    /// <summary>Tells what became of the documents.</summary>
    public void Answered(IReadOnlyList<BulkItemAnswer> answers)
    {
        var busy = answers.Count(a => a.IsBusy);
        var done = answers.Count(a => !a.IsBusy && a.IsDone);
        Count("written", done);
        Count("retried", busy);
        Count("rejected", answers.Count - busy - done);
        if (done > 0)
        {
            SinkLatency.Record(Sink, _batch.Select(i => i.Since), _clock);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _span?.Dispose();

    private static void Count(string outcome, int documents)
    {
        if (documents > 0)
        {
            Instruments.SinkDocuments.Record(documents, Sink, outcome);
        }
    }
}
