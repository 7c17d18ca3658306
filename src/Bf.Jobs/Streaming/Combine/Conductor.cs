using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Bf.Jobs.Streaming.Checkpoints;
using Bf.Jobs.Streaming.Kafka;
using Bf.Jobs.Streaming.Bus;
using Bf.Jobs.Streaming.Sinks;
using Bf.Jobs.Streaming.Traces;

namespace Bf.Jobs.Streaming.Combine;

/// <summary>
/// The one member who adds up what all say, on a thread of its own: who owns partition 0. It puts results into the sinks, and has the sums kept
/// once the sinks have them. While more comes than can be given out time by time, several times are given out together.
/// </summary>
internal sealed class Conductor : IDisposable
{
    private const int MostWaiting = 4096;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<PartitionReport> _reports = new(MostWaiting);
    private readonly StreamPlan _plan;
    private readonly IBarLog _log;
    private readonly ICheckpoints _checkpoints;
    private readonly TimeProvider _clock;
    private readonly long _epoch;
    private readonly SumsKeeper _keeper;
    private readonly Pace _pace;
    private readonly bool _goesOn;
    private readonly Combiner _combiner;
    private readonly ResultPublisher _publisher;
    private readonly IReadOnlyList<IResultSink> _sinks;
    private readonly Thread _thread;
    private readonly CancellationTokenSource _stop = new();
    private ExceptionDispatchInfo? _failure;
    private long _keptAt;
    private long _provisionalAt;
    private long _askedAt;
    private bool _isDue; // something has come that was not looked at yet
    private volatile bool _close;

    /// <summary>Begins.</summary>
    /// <param name="plan">What is computed.</param>
    /// <param name="log">The topic.</param>
    /// <param name="epoch">The epoch of partition 0.</param>
    /// <param name="checkpoints">Where the sums are kept.</param>
    /// <param name="sinks">Where results go.</param>
    /// <param name="run">The run's name.</param>
    /// <param name="clock">The time.</param>
    /// <param name="goesOn">Whether the stream was at work before.</param>
    /// <param name="traces">Knows which spans bars came from; null while nobody listens.</param>
    public Conductor(StreamPlan plan, IBarLog log, long epoch, ICheckpoints checkpoints, IReadOnlyList<IResultSink> sinks, string run, TimeProvider clock, bool goesOn, BarTraces? traces = null)
    {
        (_plan, _log, _epoch, _checkpoints, _sinks, _clock) = (plan, log, epoch, checkpoints, sinks, clock);
        (_keeper, _pace) = (new(checkpoints, epoch), new(clock));
        var kept = checkpoints.LoadSums();
        _goesOn = goesOn || kept.Data is not null;
        _combiner = new(log.Partitions, plan.Idle, kept.Firm, kept.Data is null ? [.. plan.Universes.Select(_ => new TallyHistory())] : Combiner.Decode(kept.Data));
        _publisher = new(_combiner, plan, sinks, run, traces);
        Firm = kept.Firm;
        _keptAt = clock.GetTimestamp();
        _thread = new Thread(Run) { IsBackground = true, Name = "conductor" };
        _thread.Start();
    }

    /// <summary>Nothing before this can change any more.</summary>
    public long Firm { get; private set; }

    /// <summary>No partition that is idle need keep anything before this.</summary>
    public long Horizon { get; private set; } = long.MinValue;

    /// <summary>All times before it are final.</summary>
    public long Watermark { get; private set; } = long.MinValue;

    /// <summary>Whether everything has come that comes, and it is to end.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether a partition has to say all that it has.</summary>
    public bool WantsAll { get; set; }

    /// <summary>Rows of breadth that were put into the sinks.</summary>
    public long Rows { get; private set; }

    /// <summary>Takes a report; waits while there are too many.</summary>
    public void Take(PartitionReport report)
    {
        Check();
        while (!_reports.TryAdd(report, LongestWait))
        {
            Check();
        }
    }

    /// <summary>Throws what went wrong on its thread.</summary>
    public void Check() => _failure?.Throw();

    /// <summary>Returns when everything that was said is counted, in the sinks and kept.</summary>
    /// <param name="close">Whether times that are open are closed, too.</param>
    public void Finish(bool close)
    {
        _close = close;
        _reports.CompleteAdding();
        _thread.Join();
        Check();
    }

    /// <summary>Ends it; what was not flushed comes again from the last checkpoint.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _keeper.Join();
        _reports.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        try
        {
            foreach (var sink in _sinks)
            {
                Begin(sink);
            }

            while (!_reports.IsCompleted)
            {
                Step();
            }

            PutFinals(_close);
            Settle(_keeper.Finish());
            Keep();
            Settle(_keeper.Finish());
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // given up: the next one goes on from what was kept
        }
        catch (OutputTakenException e)
        {
            // whoever has partition 0 now takes the output, too
            _failure = ExceptionDispatchInfo.Capture(_checkpoints.Owns(0, _epoch) ? e : new PartitionLostException(0));
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }
    }

    /// <summary>Prepares a sink. A stream that was at work before waits for a service that is away just now; a new one is told at once, since perhaps its place is wrong.</summary>
    private void Begin(IResultSink sink)
    {
        for (var began = _clock.GetTimestamp(); ;)
        {
            try
            {
                sink.Begin(Firm, _epoch);
                return;
            }
            catch (ServiceDownException e) when (_goesOn && _clock.GetElapsedTime(began) < _plan.Patience && !_close)
            {
                Log.Warn($"{e.Message}; trying again for {_plan.Patience.TotalSeconds:0} seconds");
                new Backoff(_clock).Wait(Pause, _stop.Token);
            }
        }
    }

    private void Step()
    {
        var more = _reports.TryTake(out var report, Milliseconds(_isDue ? _pace.Rest : LongestWait), _stop.Token);
        if (more && !_isDue)
        {
            (_isDue, _publisher.Since) = (true, _clock.GetTimestamp());
        }

        for (; more; more = _reports.TryTake(out report))
        {
            WantsAll |= !_combiner.Take(report!);
        }

        if (_pace.Rest == TimeSpan.Zero)
        {
            _pace.Do(Put);
        }

        if (_keeper.IsBusy)
        {
            Settle(_keeper.Done());
        }
        else if (_clock.GetElapsedTime(_keptAt) >= _plan.Checkpoint)
        {
            PutFinals(false); // what is firm is put before it is kept
            Keep();
        }

        IsClosed = IsClosed || IsOver();
    }

    /// <summary>Whether nothing has come for as long as was asked for. The topic is asked whether that was all: one that can't be reached is quiet, too.</summary>
    private bool IsOver()
    {
        if (!(_combiner.Quiet >= _plan.UntilIdle) || _clock.GetElapsedTime(_askedAt) < Between)
        {
            return false;
        }

        _askedAt = _clock.GetTimestamp();
        return _log.Ends() is { } ends && _combiner.HasCounted(ends);
    }

    private void Put()
    {
        _isDue = false;
        PutFinals(false);
        if (_clock.GetElapsedTime(_provisionalAt) >= _plan.Provisional)
        {
            _provisionalAt = _clock.GetTimestamp();
            _publisher.PutProvisional();
        }
    }

    private void PutFinals(bool close)
    {
        Rows += _publisher.PutFinals(close);
        (Watermark, Horizon) = (_combiner.Watermark, _combiner.Horizon);
    }

    /// <summary>First the sinks are to have it, then it is kept: what is firm is never put again.</summary>
    private void Keep()
    {
        var firm = _combiner.KeptHorizon;
        _keeper.Begin(_publisher.Seal(), firm > Firm ? new(firm, _combiner.Encode(firm)) : null);
        _keptAt = _clock.GetTimestamp();
    }

    private void Settle(long? firm)
    {
        if (firm is { } kept)
        {
            _combiner.Settle(kept);
            Firm = kept;
        }
    }

    private static int Milliseconds(TimeSpan wait) => (int)Math.Ceiling(wait.TotalMilliseconds);
}
