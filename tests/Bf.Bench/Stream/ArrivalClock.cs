using System.Diagnostics;
using Bf.Core.Exchange;

namespace Bf.Bench.Stream;

/// <summary>When the bar came by which the watermark passes a time: the least of the partitions' clocks, each the second largest of its bars' times.</summary>
internal sealed class ArrivalClock(int partitions)
{
    private readonly long[] _clocks = [.. Enumerable.Repeat(long.MinValue, partitions)];
    private readonly long[] _latest = [.. Enumerable.Repeat(long.MinValue, partitions)];
    private readonly Queue<long> _open = [];
    private long _last = long.MinValue;

    /// <summary>For each time that the watermark passed, when; as the clock of <see cref="Stopwatch"/> has it.</summary>
    public Dictionary<long, long> Passed { get; } = [];

    /// <summary>A message came.</summary>
    public void Came(int partition, ReadOnlySpan<byte> value)
    {
        _ = BarJson.Read(value, out var bar);
        if (bar.Ts > _last)
        {
            _last = bar.Ts;
            _open.Enqueue(bar.Ts);
        }

        _clocks[partition] = Math.Max(_clocks[partition], Math.Min(bar.Ts, _latest[partition]));
        _latest[partition] = Math.Max(_latest[partition], bar.Ts);
        for (var watermark = _clocks.Min(); _open.TryPeek(out var ts) && ts < watermark;)
        {
            Passed[_open.Dequeue()] = Stopwatch.GetTimestamp();
        }
    }
}
