using Bf.Core.Exchange;
using Bf.Core.Live;
using Bf.Core.Market;
using Bf.Jobs.Streaming.Checkpoints;
using Bf.Jobs.Streaming.Combine;
using Bf.Jobs.Streaming.Bus;
using Bf.Jobs.Streaming.Traces;

namespace Bf.Jobs.Streaming.Members;

/// <summary>Counts the partitions that were given to this member, and says what has changed. Used by the thread that polls.</summary>
/// <param name="plan">What is counted.</param>
/// <param name="partitions">The number of partitions of the topic.</param>
/// <param name="checkpoints">Where partitions are kept.</param>
/// <param name="quarantine">Where bad messages go; null for nowhere.</param>
/// <param name="clock">The time.</param>
/// <param name="traces">Notes which spans bars came from; null while nobody listens.</param>
internal sealed class StreamMember(StreamPlan plan, int partitions, ICheckpoints checkpoints, StreamQuarantine? quarantine, TimeProvider clock, BarTraces? traces = null) : IBarReceiver
{
    private const int MostBad = 200_000;
    private const int MostBadBytes = 64 << 20;
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromSeconds(1);

    private readonly OwnedPartition?[] _owned = new OwnedPartition?[partitions];
    private readonly Keeper _keeper = new(checkpoints, quarantine, plan.Topic, clock);
    private readonly List<OwnedPartition> _taken = [];
    private List<BadMessage> _bad = [];
    private long _badBytes;
    private long _keptAt = clock.GetTimestamp();
    private long _now;
    private long _today;
    private long _bars, _late, _badCount, _duplicates, _corrections;

    /// <summary>The partitions that this member counts.</summary>
    public IEnumerable<OwnedPartition> Owned => _owned.OfType<OwnedPartition>();

    /// <summary>Bars of symbols that belong to no universe.</summary>
    public long Foreign { get; private set; }

    /// <summary>A partition that this member counts; null where it does not.</summary>
    public OwnedPartition? this[int partition] => _owned[partition];

    /// <summary>Notes the time before messages are polled: it is not looked up for each.</summary>
    public void Tick() => (_now, _today) = (clock.GetTimestamp(), Timestamp.Of(clock.GetUtcNow()));

    public IReadOnlyList<long> Assigned(IReadOnlyList<int> assigned)
    {
        var kept = checkpoints.Claim(assigned);
        foreach (var one in kept)
        {
            var counter = one.Data is null ? new PartitionCounter(plan.Universes) : PartitionCounter.Restore(plan.Universes, one.Data);
            _owned[one.Partition] = new(one, counter, clock);
            _taken.Add(_owned[one.Partition]!);
        }

        return [.. kept.Select(k => k.Next)];
    }

    public void Revoked(IReadOnlyList<int> revoked, bool lost)
    {
        if (!lost)
        {
            KeepNow(); // the next owner goes on from here
        }

        foreach (var partition in revoked)
        {
            _owned[partition] = null;
        }
    }

    public void Trace(string? parent) => traces?.Comes(parent);

    public void Message(int partition, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (_owned[partition] is not { } owned || offset < owned.Next)
        {
            return;
        }

        owned.Came(offset, _now);
        if (Broken(key, value, out var bar) is { } rule)
        {
            _badCount++;
            PutAside(partition, offset, rule, value);
            return;
        }

        traces?.Note(bar.Ts, _now);
        switch (Count(owned, bar))
        {
            case BarOutcome.Counted:
                _bars++;
                break;
            case BarOutcome.Corrected:
                _bars++;
                _corrections++;
                break;
            case BarOutcome.Duplicate:
                _duplicates++;
                break;
            case BarOutcome.Late:
                _late++;
                PutAside(partition, offset, BarRules.Late, value);
                break;
            case BarOutcome.Foreign:
                Foreign++;
                break;
            default:
                _badCount++;
                PutAside(partition, offset, BarRules.VolumeTooLarge, value);
                break;
        }
    }

    public void End(int partition, long next) => _owned[partition]?.End(next);

    /// <summary>Whether a partition has more to be read can't be told just now.</summary>
    public void Doubt()
    {
        foreach (var owned in Owned)
        {
            owned.Doubt();
        }
    }

    /// <summary>What there is to say of the partitions: all of those that were just taken over, of the others what has changed.</summary>
    public IEnumerable<PartitionReport> News()
    {
        foreach (var owned in Owned)
        {
            if (_taken.Remove(owned))
            {
                yield return owned.Whole();
            }
            else if (owned.News(AtLeastEvery) is { } report)
            {
                yield return report;
            }
        }
    }

    /// <summary>Says all of every partition again with the next news.</summary>
    public void SayAll()
    {
        _taken.Clear();
        _taken.AddRange(Owned);
    }

    /// <summary>Keeps what was counted, when it is time to.</summary>
    /// <param name="firm">Nothing before this can change any more.</param>
    /// <param name="horizon">No partition that is idle need keep anything before this.</param>
    /// <param name="ends">Asks the topic where its partitions end.</param>
    /// <returns>The partitions that were kept since the last call.</returns>
    public IReadOnlyList<OwnedPartition> Keep(long firm, long horizon, Func<IReadOnlyList<long>?> ends)
    {
        foreach (var owned in Owned)
        {
            owned.Counter.Forget(firm);
        }

        var done = Note(_keeper.Done());
        if ((clock.GetElapsedTime(_keptAt) >= plan.Checkpoint || AreMany(1)) && !_keeper.IsBusy)
        {
            MoveOn(horizon, ends);
            Begin();
        }
        else if (AreMany(2))
        {
            done = [.. done, .. Note(_keeper.Finish())]; // they come faster than they can be put aside
        }

        return done;
    }

    /// <summary>Keeps what was counted, and returns when it is kept. What another has taken meanwhile is given up.</summary>
    public void KeepNow()
    {
        while (!TryKeepNow())
        {
        }
    }

    /// <summary>Gives up a partition that another has taken.</summary>
    public void Drop(int partition) => _owned[partition] = null;

    /// <summary>Adds what came since the last call to the figures.</summary>
    public void AddTo(StreamFigures figures)
    {
        figures.Add(_bars, _late, _badCount, _duplicates, _corrections);
        (_bars, _late, _badCount, _duplicates, _corrections) = (0, 0, 0, 0, 0);
        (figures.Foreign, figures.Partitions) = (Foreign, Owned.Count());
    }

    /// <summary>Moves idle partitions on with the others: what comes in them later is held against the others' times. The topic is asked first whether they are at their ends, since a broker that hangs is quiet, too.</summary>
    private void MoveOn(long horizon, Func<IReadOnlyList<long>?> ends)
    {
        List<OwnedPartition> idle = [.. Owned.Where(o => o.Quiet >= plan.Idle && o.Counter.Horizon < horizon)];
        if (idle.Count > 0 && ends() is { } last)
        {
            foreach (var owned in idle.Where(o => o.Next >= last[o.Number]))
            {
                owned.Counter.RaiseHorizon(horizon);
            }
        }
    }

    private bool TryKeepNow()
    {
        try
        {
            Note(_keeper.Finish());
            Begin();
            Note(_keeper.Finish());
            return true;
        }
        catch (PartitionLostException e)
        {
            Drop(e.Partition);
            return false;
        }
    }

    private bool AreMany(int times) => _bad.Count >= times * MostBad || _badBytes >= times * MostBadBytes;

    private void Begin()
    {
        _keptAt = clock.GetTimestamp();
        List<OwnedPartition> ahead = [.. Owned.Where(o => o.IsAhead)];
        if (ahead.Count > 0 || _bad.Count > 0)
        {
            _keeper.Begin(ahead, _bad);
            (_bad, _badBytes) = ([], 0);
        }
    }

    private List<OwnedPartition> Note(IReadOnlyList<Keeper.Work> kept)
    {
        List<OwnedPartition> partitions = [];
        foreach (var work in kept.Where(w => _owned[w.Partition.Number] == w.Partition))
        {
            work.Partition.Kept(work.Next, work.Snapshot.Horizon);
            partitions.Add(work.Partition);
        }

        return partitions;
    }

    /// <summary>Counts a bar; null where the volumes of its time would not fit any more.</summary>
    private static BarOutcome? Count(OwnedPartition owned, in BarMessage bar)
    {
        try
        {
            return owned.Counter.Add(bar.Symbol, bar.Ts, bar.AdjClose, bar.Volume);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private string? Broken(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, out BarMessage bar)
    {
        if (BarJson.Read(value, out bar) is { } unreadable)
        {
            return unreadable;
        }

        if (!key.SequenceEqual(bar.Symbol))
        {
            if (key.IsEmpty)
            {
                if (partitions > 1)
                {
                    return BarRules.NoKey; // it may lie in any partition, and a symbol's bars have to meet in one
                }
            }
            else if (!SameSymbol(key, bar.Symbol))
            {
                return BarRules.KeyDiffers;
            }
        }

        return BarRules.Broken(bar.ToBar(""), _today)
            ?? (plan.Interval.IsDaily && bar.Ts % Timestamp.Day != 0 ? BarRules.OtherInterval : null);
    }

    private static bool SameSymbol(ReadOnlySpan<byte> key, ReadOnlySpan<byte> symbol) =>
        Bar.Normalize(System.Text.Encoding.UTF8.GetString(key)) == Bar.Normalize(System.Text.Encoding.UTF8.GetString(symbol));

    private void PutAside(int partition, long offset, string rule, ReadOnlySpan<byte> value)
    {
        var message = BadMessage.Of(partition, offset, rule, value);
        _bad.Add(message);
        _badBytes += message.Raw.Length;
    }
}
