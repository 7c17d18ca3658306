using System.Runtime.ExceptionServices;
using Bf.Jobs.Search.Documents;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Search.Bulk;

/// <summary>
/// Writes documents in bulk: a request goes as soon as a connection is free, with all that waits by then, so that nothing waits for company.
/// What is not taken is sent again, one document or all, with growing pauses; what is never taken is handed to the caller. Of two writes to
/// one document the newer wins. It has one caller, on one thread; only what <see cref="Seal"/> returns is called on another.
/// </summary>
/// <param name="index">Where to.</param>
/// <param name="options">How.</param>
/// <param name="reject">Takes documents that the index does not take, one at a time; called by <see cref="Put"/>, <see cref="Flush"/> and what <see cref="Seal"/> returns.</param>
/// <param name="clock">The time.</param>
/// <param name="cancel">Ends it.</param>
internal sealed class BulkWriter(ISearchIndex index, BulkOptions options, Action<RejectedDocument> reject, TimeProvider clock, CancellationToken cancel = default) : IDisposable
{
    private readonly object _gate = new();
    private readonly BulkQueue _queue = new();
    private readonly List<RejectedDocument> _rejected = [];
    private readonly Lock _handing = new();
    private readonly BulkPatience _patience = new(index.Place, options, clock);
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    private readonly List<Thread> _senders = [];
    private CancellationTokenRegistration _woken;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Documents that arrived so far.</summary>
    public long Written { get; private set; }

    /// <summary>Documents that were deleted, of those that were there.</summary>
    public long Deleted { get; private set; }

    /// <summary>Documents that the index did not take.</summary>
    public long Rejected { get; private set; }

    /// <summary>Takes documents, to be sent together where they fit; waits while too much is waiting.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="since">When the first news came of what they say, as the clock's timestamp; 0 where that is not known.</param>
    /// <exception cref="ServiceDownException">Nothing was taken for longer than is worth waiting.</exception>
    /// <exception cref="JobException">The index refuses to be written to.</exception>
    public void Put(IReadOnlyList<SearchDocument> documents, long since = 0)
    {
        var origin = Span.CurrentParent();
        BulkItem[] items = [.. documents.Select(d => new BulkItem(d, Elastic.BulkContent.SizeOf(d)) { Origin = origin, Since = since })];
        lock (_gate)
        {
            WaitWhile(() => _queue.Bytes > options.Waiting);
            foreach (var item in items)
            {
                _queue.Put(item);
            }

            Monitor.PulseAll(_gate);
        }

        StartSenders();
        HandOver();
    }

    /// <summary>Returns once everything has arrived, or was refused for good.</summary>
    /// <inheritdoc cref="Put"/>
    public void Flush() => Seal()();

    /// <summary>Draws a line below what was put so far.</summary>
    /// <returns>Returns once everything above the line has arrived, or was refused for good, whatever is put meanwhile; it throws as <see cref="Put"/> does.</returns>
    public Action Seal()
    {
        long line;
        lock (_gate)
        {
            line = _queue.Line;
        }

        return () =>
        {
            lock (_gate)
            {
                WaitWhile(() => _queue.Reaches(line));
            }

            HandOver();
        };
    }

    /// <summary>Ends it; what has not arrived stays behind.</summary>
    public void Dispose()
    {
        _ending.Cancel();
        foreach (var sender in _senders)
        {
            sender.Join();
        }

        _woken.Dispose();
        _ending.Dispose();
    }

    private void StartSenders()
    {
        if (_senders.Count == 0)
        {
            _woken = _ending.Token.UnsafeRegister(_ => Wake(), null);
        }

        while (_senders.Count < options.Connections)
        {
            var sender = new Thread(Send) { IsBackground = true, Name = "bulk" };
            _senders.Add(sender);
            sender.Start();
        }
    }

    private void HandOver()
    {
        lock (_handing) // who finds nothing to hand over knows that all was
        {
            RejectedDocument[] rejected;
            lock (_gate)
            {
                rejected = [.. _rejected];
                _rejected.Clear();
                Rejected += rejected.Length;
            }

            Array.ForEach(rejected, reject);
        }
    }

    private void WaitWhile(Func<bool> condition)
    {
        while (_failure is null && condition())
        {
            _ending.Token.ThrowIfCancellationRequested();
            Monitor.Wait(_gate);
        }

        _failure?.Throw();
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void Send()
    {
        try
        {
            while (Next() is { } batch)
            {
                if (Deliver(batch) is { } trouble)
                {
                    _patience.Wait(trouble, _ending.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // who ended it knows
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _failure ??= ExceptionDispatchInfo.Capture(e);
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>The documents of the next request, once there are any; null at the end.</summary>
    private List<BulkItem>? Next()
    {
        lock (_gate)
        {
            while (!_ending.IsCancellationRequested && _failure is null)
            {
                var batch = _queue.Take(options.Documents, _patience.Bytes);
                if (batch.Count > 0)
                {
                    return batch;
                }

                Monitor.Wait(_gate);
            }

            return null;
        }
    }

    /// <summary>Sends documents and sees to what becomes of each.</summary>
    /// <returns>Why some have to be sent again; null when none has.</returns>
    private string? Deliver(List<BulkItem> batch)
    {
        using var watch = BulkWatch.Begin(index.Place, batch, clock);
        var answer = watch is null ? Ask(batch) : watch.Ask(() => Ask(batch));
        switch (answer.Outcome)
        {
            case BulkOutcome.Read:
                return Settle(batch, answer.Items, watch);
            case BulkOutcome.Refused when batch.Count > 1:
                _patience.TooLarge(batch.Sum(i => (long)i.Size), answer.Reason);
                var half = batch.Count / 2;
                return Deliver(batch[..half]) is var one && Deliver(batch[half..]) is var other ? one ?? other : null;
            case BulkOutcome.Refused:
                return Settle(batch, [new(400, "refused", answer.Reason)], watch);
            default:
                _patience.Busy();
                return Settle(batch, [.. batch.Select(_ => new BulkItemAnswer(503, null, answer.Reason))], watch);
        }
    }

    private BulkAnswer Ask(List<BulkItem> batch) => index.Bulk(batch.ConvertAll(i => i.Document), _ending.Token);

    private string? Settle(List<BulkItem> batch, IReadOnlyList<BulkItemAnswer> answers, BulkWatch? watch)
    {
        string? trouble = null;
        watch?.Answered(answers);
        lock (_gate)
        {
            // from the last on, since each goes before the others
            for (var i = batch.Count - 1; i >= 0; i--)
            {
                var (item, answer) = (batch[i], answers[i]);
                if (answer.IsBusy)
                {
                    trouble = answer.Reason ?? $"{answer.Status}";
                    item.SentBack = _patience.Check(item.SentBack, trouble);
                    _queue.GiveBack(item);
                    continue;
                }

                _queue.Done(item);
                if (answer.IsDone)
                {
                    (Written, Deleted) = item.Document.Json is not null ? (Written + 1, Deleted) : (Written, Deleted + (answer.Status < 300 ? 1 : 0));
                }
                else if (answer.IsForbidden)
                {
                    throw new JobException($"Elasticsearch at {index.Place} lets the user not write to {item.Document.Index}: {answer.Reason}; see ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME");
                }
                else
                {
                    _rejected.Add(new(item.Document, $"{answer.Status} {answer.Type}: {answer.Reason}"));
                }
            }

            if (trouble is null)
            {
                _patience.Worked();
            }

            Monitor.PulseAll(_gate);
        }

        return trouble;
    }
}
