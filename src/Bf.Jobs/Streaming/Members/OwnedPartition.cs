using Bf.Core.Live;
using Bf.Jobs.Streaming.Checkpoints;
using Bf.Jobs.Streaming.Combine;

namespace Bf.Jobs.Streaming.Members;

/// <summary>A partition that this member counts. Used by the thread that polls.</summary>
internal sealed class OwnedPartition(KeptPartition kept, PartitionCounter counter, TimeProvider clock)
{
    private long _cameAt = clock.GetTimestamp();
    private bool _atEnd;
    private bool _news = true;
    private long _reportedAt;
    private long _keptNext = kept.Next;
    private long _keptHorizon = counter.Horizon;

    /// <summary>Its number.</summary>
    public int Number => kept.Partition;

    /// <summary>How many times it has changed hands.</summary>
    public long Epoch => kept.Epoch;

    /// <summary>All messages before this offset are counted.</summary>
    public long Next { get; private set; } = kept.Next;

    /// <summary>What counts its bars.</summary>
    public PartitionCounter Counter { get; } = counter;

    /// <summary>How long nothing has come since it was read to its end; null where there is more to read.</summary>
    public TimeSpan? Quiet => _atEnd ? clock.GetElapsedTime(_cameAt) : null;

    /// <summary>Whether something of it was kept, by whomever.</summary>
    public bool IsKept => _keptNext > 0;

    /// <summary>Whether something was counted that is not kept yet.</summary>
    public bool IsAhead => Next != _keptNext || Counter.Horizon != _keptHorizon;

    /// <summary>A message was counted, or put aside.</summary>
    /// <param name="offset">Its offset.</param>
    /// <param name="now">The time, as the clock's timestamp.</param>
    public void Came(long offset, long now)
    {
        (Next, _cameAt, _atEnd, _news) = (offset + 1, now, false, true);
    }

    /// <summary>Whether more has come can't be told just now: the time in which nothing came begins anew.</summary>
    public void Doubt() => _cameAt = clock.GetTimestamp();

    /// <summary>It was read to its end.</summary>
    public void End(long next)
    {
        _news |= !_atEnd;
        (_atEnd, Next) = (true, Math.Max(Next, next));
    }

    /// <summary>What there is to say of it; null where that was said already, and not long ago.</summary>
    /// <param name="atLeastEvery">After so long it is said again.</param>
    public PartitionReport? News(TimeSpan atLeastEvery) => _news || clock.GetElapsedTime(_reportedAt) >= atLeastEvery ? Report(Counter.TakeChanged(), whole: false) : null;

    /// <summary>All that there is to say of it.</summary>
    public PartitionReport Whole()
    {
        Counter.TakeChanged();
        return Report(Counter.Retained(), whole: true);
    }

    /// <summary>It was kept as it was at an offset.</summary>
    public void Kept(long next, long horizon)
    {
        (_keptNext, _keptHorizon, _news) = (next, horizon, true);
    }

    private PartitionReport Report(IReadOnlyList<PartialTally> tallies, bool whole)
    {
        (_news, _reportedAt) = (false, clock.GetTimestamp());
        return new(Number, Epoch) { Next = Next, Clock = Counter.Clock, KeptHorizon = _keptHorizon, Quiet = Quiet, Tallies = tallies, Whole = whole };
    }
}
