using Bf.Jobs.Streaming.Checkpoints;
using Bf.Jobs.Streaming.Combine;
using Bf.Jobs.Streaming.Bus;
using Bf.Jobs.Streaming.Members;
using Bf.Jobs.Streaming.Sinks;
using Bf.Jobs.Streaming.Traces;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Streaming;

/// <summary>
/// One member of a stream at work: reads its partitions, says what it counted, and adds up what all say while it owns partition 0.
/// Alone it says everything to itself; with others what is said goes over the broadcast.
/// </summary>
internal sealed class StreamLoop : IListener, IDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(20);
    private readonly StreamPlan _plan;
    private readonly IBarLog _log;
    private readonly IBroadcast? _broadcast;
    private readonly ICheckpoints _checkpoints;
    private readonly Func<IReadOnlyList<IResultSink>> _open;
    private readonly string _run;
    private readonly TimeProvider _clock;
    private readonly StreamMember _member;
    private readonly StreamFigures _figures;
    private readonly BarTraces? _traces;
    private IReadOnlyList<IResultSink>? _sinks;
    private Conductor? _conductor;
    private long _conductorEpoch;
    private (long Firm, long Horizon) _settled = (long.MinValue, long.MinValue);
    private bool _closed;

    /// <summary>A member.</summary>
    /// <param name="plan">What is computed.</param>
    /// <param name="log">Where the bars come from.</param>
    /// <param name="broadcast">What members say to each other; null where there is only this one.</param>
    /// <param name="checkpoints">Where it keeps how far it has come.</param>
    /// <param name="quarantine">Where bad messages go; null for nowhere.</param>
    /// <param name="open">Opens the sinks, when this member is to add up.</param>
    /// <param name="figures">What is shown of it.</param>
    /// <param name="run">The run's name.</param>
    /// <param name="clock">The time.</param>
    public StreamLoop(StreamPlan plan, IBarLog log, IBroadcast? broadcast, ICheckpoints checkpoints, StreamQuarantine? quarantine, Func<IReadOnlyList<IResultSink>> open, StreamFigures figures, string run, TimeProvider clock)
    {
        (_plan, _log, _broadcast, _checkpoints, _open, _figures, _run, _clock) = (plan, log, broadcast, checkpoints, open, figures, run, clock);
        _traces = Span.IsOn ? new(plan.Topic, clock) : null;
        _member = new(plan, log.Partitions, checkpoints, quarantine, clock, _traces);
    }

    private bool OwnsAll => _member.Owned.Count() == _log.Partitions;

    /// <summary>Works until nothing more comes, if that was asked for, or until it is cancelled.</summary>
    /// <param name="shown">Called now and then, when the figures are new.</param>
    /// <param name="cancel">Ends it, with everything that was read counted and kept.</param>
    public void Run(Action shown, CancellationToken cancel)
    {
        while (!_closed && !cancel.IsCancellationRequested)
        {
            try
            {
                Turn();
            }
            catch (PartitionLostException e)
            {
                GiveUp(e);
            }

            Show();
            shown();
        }

        FinishWhatIsMine();
        Show();
        shown();
    }

    void IListener.Reported(PartitionReport report)
    {
        if (_conductor is not null && _member[report.Partition] is null)
        {
            _conductor.Take(report);
        }
    }

    void IListener.SayAll() => _member.SayAll();

    void IListener.Settled(long firm, long horizon) => _settled = (Math.Max(_settled.Firm, firm), Math.Max(_settled.Horizon, horizon));

    void IListener.Closed() => _closed |= _conductor is null;

    public void Dispose()
    {
        _conductor?.Dispose();
        foreach (var sink in _sinks ?? [])
        {
            sink.Dispose();
        }
    }

    private void Turn()
    {
        _member.Tick();
        _log.Poll(_member, Wait);
        if (_log.IsAway)
        {
            _member.Doubt();
        }

        Conduct();
        while (_broadcast?.Hear() is { } word)
        {
            Words.Hear(word, this);
        }

        Say();
        _closed |= _log.IsOver;
        foreach (var kept in _member.Keep(_settled.Firm, _settled.Horizon, _log.Ends))
        {
            _log.Inform(kept.Number, kept.Next);
        }
    }

    /// <summary>Begins to add up when partition 0 has come to this member, and stops when it has gone.</summary>
    private void Conduct()
    {
        var epoch = _member[0]?.Epoch ?? 0;
        if (epoch != _conductorEpoch)
        {
            _conductor?.Dispose();
            _conductor = null;
            _conductorEpoch = epoch;
            if (epoch > 0)
            {
                _conductor = new(_plan, _log, epoch, _checkpoints, _sinks ??= _open(), _run, _clock, _member.Owned.Any(o => o.IsKept), _traces);
                _member.SayAll();
                _broadcast?.Say(Words.SayAll());
            }
        }

        if (_conductor is null)
        {
            return;
        }

        _conductor.Check();
        if (_conductor.WantsAll)
        {
            _conductor.WantsAll = false;
            _member.SayAll();
            _broadcast?.Say(Words.SayAll());
        }

        if (_conductor.Firm > _settled.Firm || _conductor.Horizon > _settled.Horizon)
        {
            _settled = (_conductor.Firm, _conductor.Horizon);
            if (!OwnsAll)
            {
                _broadcast?.Say(Words.Settled(_settled.Firm, _settled.Horizon));
            }
        }

        _closed |= _conductor.IsClosed;
    }

    private void Say()
    {
        foreach (var report in _member.News())
        {
            if (_conductor is not null)
            {
                _conductor.Take(report);
            }
            else if (_broadcast is not null)
            {
                foreach (var word in Words.Of(report))
                {
                    _broadcast.Say(word);
                }
            }
        }
    }

    /// <summary>Everything that was read is counted, in the sinks and kept when this returns; the others are told when all has come.</summary>
    private void Finish()
    {
        _member.KeepNow();
        Say();
        if (_conductor is not null)
        {
            _conductor.Finish(_closed);
            if (_closed && !OwnsAll)
            {
                _broadcast?.Say(Words.Closed());
            }
        }
    }

    /// <summary>What another has taken meanwhile is kept by that one; the rest is to be kept all the same.</summary>
    private void FinishWhatIsMine()
    {
        while (true)
        {
            try
            {
                Finish();
                return;
            }
            catch (PartitionLostException e)
            {
                GiveUp(e);
            }
        }
    }

    private void GiveUp(PartitionLostException lost)
    {
        Log.Debug(lost.Message);
        _member.Drop(lost.Partition);
        if (lost.Partition == 0)
        {
            _conductor?.Dispose();
            (_conductor, _conductorEpoch) = (null, 0);
        }
    }

    private void Show()
    {
        _member.AddTo(_figures);
        _figures.Lag = _member.Owned.Sum(p => _log.Lag(p.Number) ?? 0);
        _figures.Combines = _conductor is not null;
        if (_conductor is not null)
        {
            (_figures.Watermark, _figures.Rows) = (_conductor.Watermark, _conductor.Rows);
        }

        _figures.Tell();
    }
}
