namespace Bf.Jobs.Streaming.Bus;

/// <summary>Who takes what an <see cref="IBarLog"/> has. All calls come on the thread that polls.</summary>
internal interface IBarReceiver
{
    /// <summary>Partitions were given to this member.</summary>
    /// <returns>For each the offset of the first message wanted; 0 stands for the earliest that there is.</returns>
    IReadOnlyList<long> Assigned(IReadOnlyList<int> partitions);

    /// <summary>Partitions were taken from this member.</summary>
    /// <param name="partitions">Which.</param>
    /// <param name="lost">Whether another member may read them already.</param>
    void Revoked(IReadOnlyList<int> partitions, bool lost);

    /// <summary>A message.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="offset">Its offset.</param>
    /// <param name="key">Its key; empty where it has none. Good during the call only.</param>
    /// <param name="value">Its value; empty where it has none. Good during the call only.</param>
    void Message(int partition, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    /// <summary>The span that sent the messages which follow, as its header says; null for none. Called only while somebody listens to spans.</summary>
    void Trace(string? parent)
    {
    }

    /// <summary>A partition was read to its end, as far as it went just now.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="next">The offset that the next message will have.</param>
    void End(int partition, long next);
}
