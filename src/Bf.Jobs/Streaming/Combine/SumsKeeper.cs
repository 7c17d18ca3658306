using System.Runtime.ExceptionServices;
using Bf.Jobs.Streaming.Checkpoints;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Streaming.Combine;

/// <summary>
/// Keeps the sums on a thread of its own, once the sinks have what was put before: commits to a lake take long, and no result is to wait for them.
/// Used by the conductor's thread.
/// </summary>
/// <param name="checkpoints">Where the sums are kept.</param>
/// <param name="epoch">The epoch of partition 0.</param>
internal sealed class SumsKeeper(ICheckpoints checkpoints, long epoch)
{
    private Thread? _thread;
    private ExceptionDispatchInfo? _failure;
    private long? _kept;

    /// <summary>Whether it is at work, or what it did was not asked for yet.</summary>
    public bool IsBusy => _thread is not null;

    /// <summary>Begins.</summary>
    /// <param name="seal">Returns once the sinks have what the sums are of.</param>
    /// <param name="sums">The sums; null where they are kept already.</param>
    public void Begin(Action seal, KeptSums? sums)
    {
        _thread = new Thread(() => Run(seal, sums)) { IsBackground = true, Name = "sums keeper" };
        _thread.Start();
    }

    /// <summary>Up to where the sums are kept that it was given, once, when it has ended; null otherwise.</summary>
    /// <exception cref="PartitionLostException">Nothing was kept: partition 0 belongs to another by now.</exception>
    public long? Done() => _thread is { IsAlive: false } ? Finish() : null;

    /// <summary>The same; waits until it has ended.</summary>
    /// <exception cref="PartitionLostException">Nothing was kept: partition 0 belongs to another by now.</exception>
    public long? Finish()
    {
        Join();
        var (failure, kept) = (_failure, _kept);
        (_thread, _failure, _kept) = (null, null, null);
        failure?.Throw();
        return kept;
    }

    /// <summary>Waits until it has ended.</summary>
    public void Join() => _thread?.Join();

    private void Run(Action seal, KeptSums? sums)
    {
        using var span = Span.Continue("keep sums", SpanRole.Internal, null, [Span.CurrentParent() ?? ""]);
        try
        {
            seal();
            if (sums is not null)
            {
                checkpoints.KeepSums(epoch, sums);
                _kept = sums.Firm;
            }
        }
        catch (Exception e)
        {
            span?.Failed(e);
            _failure = ExceptionDispatchInfo.Capture(e);
        }
    }
}
