namespace Bf.Jobs.Streaming.Replay;

/// <summary>Where a replay puts its bars: a topic of Kafka, or a log in this process. All calls come on one thread.</summary>
internal interface IReplayTarget : IDisposable
{
    /// <summary>The number of partitions; a symbol's is <see cref="Bus.KeyPartition"/>.</summary>
    int Partitions { get; }

    /// <summary>How many bars were put and have not arrived yet.</summary>
    int Pending { get; }

    /// <summary>Takes a bar.</summary>
    /// <param name="partition">The symbol's partition.</param>
    /// <param name="symbol">The symbol, the message's key.</param>
    /// <param name="value">The bar, as <see cref="Core.Exchange.BarJson"/> writes it.</param>
    /// <param name="source">Where the bar came from, as the lake says.</param>
    /// <returns>False while it is full.</returns>
    bool TryPut(int partition, ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> value, ReadOnlySpan<byte> source);

    /// <summary>The span that sends the bars which follow, where somebody listens; null for none.</summary>
    void Trace(string? parent)
    {
    }

    /// <summary>Looks after what is under way; is called often.</summary>
    /// <exception cref="JobException">A bar could not be delivered.</exception>
    /// <exception cref="ServiceDownException">It can't be reached, and not for longer than is worth waiting.</exception>
    void Tick();

    /// <summary>Hurries what is under way, since nothing comes after it.</summary>
    void Hurry();

    /// <summary>Gives what was put a few seconds to arrive, and forgets the rest.</summary>
    void Abandon();
}
