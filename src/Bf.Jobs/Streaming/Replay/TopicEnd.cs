namespace Bf.Jobs.Streaming.Replay;

/// <summary>The last bar that a partition has.</summary>
/// <param name="Ts">Its time.</param>
/// <param name="Symbol">Its symbol, as UTF-8.</param>
internal sealed record TopicEnd(long Ts, byte[] Symbol)
{
    /// <summary>Whether a bar comes after it, in the order of a replay.</summary>
    public bool IsBefore(long ts, ReadOnlySpan<byte> symbol) => ts > Ts || (ts == Ts && symbol.SequenceCompareTo(Symbol) > 0);
}
