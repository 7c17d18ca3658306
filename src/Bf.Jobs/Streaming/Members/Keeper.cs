using System.Runtime.ExceptionServices;
using Bf.Core.Live;
using Bf.Jobs.Streaming.Checkpoints;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Streaming.Members;

/// <summary>Keeps partitions on a thread of its own: bars are counted on meanwhile.</summary>
/// <param name="checkpoints">Where they are kept.</param>
/// <param name="quarantine">Where bad messages go; null for nowhere.</param>
/// <param name="topic">The topic.</param>
/// <param name="clock">The time.</param>
internal sealed class Keeper(ICheckpoints checkpoints, StreamQuarantine? quarantine, string topic, TimeProvider clock)
{
    private Thread? _thread;
    private ExceptionDispatchInfo? _failure;
    private IReadOnlyList<Work> _done = [];

    /// <summary>A partition as it is to be kept.</summary>
    internal sealed record Work(OwnedPartition Partition, long Next, PartitionSnapshot Snapshot);

    /// <summary>Whether it is at work.</summary>
    public bool IsBusy => _thread?.IsAlive ?? false;

    /// <summary>Begins to keep partitions as they are now, and bad messages before them: no partition is kept without those that it passed.</summary>
    public void Begin(IReadOnlyList<OwnedPartition> partitions, IReadOnlyList<BadMessage> bad)
    {
        var work = partitions.Select(p => new Work(p, p.Next, p.Counter.Snapshot())).ToList();
        _thread = new Thread(() => Run(work, bad)) { IsBackground = true, Name = "keeper" };
        _thread.Start();
    }

    /// <summary>Waits until it has nothing to do, and hands out what it has kept.</summary>
    /// <exception cref="PartitionLostException">Nothing was kept: a partition belongs to another by now.</exception>
    public IReadOnlyList<Work> Finish()
    {
        _thread?.Join();
        return Done();
    }

    /// <summary>Hands out what it has kept since it was asked the last time.</summary>
    public IReadOnlyList<Work> Done()
    {
        if (IsBusy || _thread is null)
        {
            return [];
        }

        var (failure, done) = (_failure, _done);
        (_thread, _failure, _done) = (null, null, []);
        failure?.Throw();
        return done;
    }

    private void Run(IReadOnlyList<Work> work, IReadOnlyList<BadMessage> bad)
    {
        // a trace of its own: a stream that runs for a month would be one trace of a million parts otherwise
        using var span = Span.Continue("keep partitions", SpanRole.Internal, null, [Span.CurrentParent() ?? ""]);
        var began = clock.GetTimestamp();
        try
        {
            quarantine?.Put(bad);
            if (work.Count > 0)
            {
                checkpoints.Keep([.. work.Select(w => new KeptPartition(w.Partition.Number, w.Partition.Epoch, w.Next, w.Snapshot.Encode())
                {
                    Clock = w.Snapshot.Clock == long.MinValue ? null : w.Snapshot.Clock, Symbols = w.Snapshot.Symbols, Bars = w.Snapshot.Bars,
                })]);
            }

            _done = work;
            Instruments.StreamCheckpointDuration.Record(clock.GetElapsedTime(began).TotalSeconds, topic);
        }
        catch (Exception e)
        {
            span?.Failed(e);
            _failure = ExceptionDispatchInfo.Capture(e);
        }
    }
}
