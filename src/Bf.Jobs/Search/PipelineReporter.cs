using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Search.Bulk;
using Bf.Jobs.Search.Documents;
using Bf.Jobs.Streaming;

namespace Bf.Jobs.Search;

/// <summary>
/// Says every ten seconds how an instance of a stream is, as a document behind the alias <c>pipeline</c>, and at both ends of the stream what the lake
/// records of runs and backtests. It has a thread of its own: a stream does not wait for it, and does not fail with it.
/// </summary>
internal sealed class PipelineReporter : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ISearchIndex _index;
    private readonly DataLake _lake;
    private readonly StreamPlan _plan;
    private readonly StreamFigures _figures;
    private readonly string _run;
    private readonly string _instance;
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _thread;
    private bool _isPrepared;
    private (long Bars, long At) _before;

    /// <param name="index">Where to; it goes when this does.</param>
    /// <param name="lake">The lake.</param>
    /// <param name="plan">What the stream computes.</param>
    /// <param name="figures">How far it is.</param>
    /// <param name="run">The run's name.</param>
    public PipelineReporter(ISearchIndex index, DataLake lake, StreamPlan plan, StreamFigures figures, string run)
    {
        (_index, _lake, _plan, _figures, _run) = (index, lake, plan, figures, run);
        _instance = $"{Environment.MachineName}-{Environment.ProcessId}";
        _before = (0, lake.Clock.GetTimestamp());
        _thread = new(Work) { IsBackground = true, Name = "pipeline" };
        _thread.Start();
    }

    /// <summary>Lets it say how the stream ended, for as long as that is worth waiting for.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _thread.Join(Patience);
    }

    private void Work()
    {
        Try(Records);
        var wait = new Backoff(_lake.Clock);
        while (!_end.IsCancellationRequested)
        {
            Try(() => Report(final: false));
            try
            {
                wait.Wait(Every, _end.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        Try(() => Report(final: true));
        Try(Records);
        _index.Dispose();
        _end.Dispose();
    }

    private void Records() => new RecordsExport(_lake, _index, CancellationToken.None).SendAll(Patience);

    private void Report(bool final)
    {
        if (!_isPrepared)
        {
            _index.Prepare(SearchTable.Pipeline);
            _isPrepared = true;
        }

        var answer = _index.Bulk([Document(final)], CancellationToken.None);
        if (answer.Outcome != BulkOutcome.Read || !answer.Items[0].IsDone)
        {
            throw new JobException($"{_index.Place} does not take it: {(answer.Outcome == BulkOutcome.Read ? answer.Items[0].Reason : answer.Reason)}");
        }
    }

    private SearchDocument Document(bool final)
    {
        var clock = _lake.Clock;
        var (now, at) = (Timestamp.Of(clock.GetUtcNow()), clock.GetTimestamp());
        var (bars, watermark, seconds) = (_figures.Bars, _figures.Watermark, clock.GetElapsedTime(_before.At, at).TotalSeconds);
        using var text = new DocumentText();
        text.Begin();
        var json = text.Json;
        json.WriteString("ts", SearchTable.Text(now));
        json.WriteString("run", _run);
        json.WriteString("instance", _instance);
        json.WriteString("topic", _plan.Topic);
        json.WriteString("interval", _plan.Interval.Name);
        json.WriteString("universes", string.Join(',', _plan.Universes.Select(u => u.Name)));
        json.WriteNumber("partitions", _figures.Partitions);
        json.WriteNumber("lag", _figures.Lag);
        if (seconds > 0)
        {
            json.WriteNumber("rate", Math.Round((bars - _before.Bars) / seconds, 1));
        }

        if (watermark > 0 && watermark != long.MaxValue)
        {
            json.WriteString("watermark", SearchTable.Text(watermark));
        }

        json.WriteNumber("bars", bars);
        json.WriteNumber("rows", _figures.Rows);
        json.WriteNumber("late", _figures.Late);
        json.WriteNumber("bad", _figures.Bad);
        json.WriteNumber("duplicates", _figures.Duplicates);
        json.WriteNumber("corrections", _figures.Corrections);
        json.WriteBoolean("final", final);
        _before = (bars, at);
        return new(SearchTable.IndexOf(SearchTable.Pipeline.Alias, now), SearchTable.Id(_instance, SearchTable.Text(now)), text.End());
    }

    /// <summary>Elasticsearch may be gone, full or closed to writing, and the lake too: sinks say so where it matters.</summary>
    private static void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) // whatever it is, on this thread it would end the process, and the stream with it
        {
            Log.Debug($"the state of the stream was not reported: {e.Message}");
        }
    }
}
