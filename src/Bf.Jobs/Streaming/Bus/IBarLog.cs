namespace Bf.Jobs.Streaming.Bus;

/// <summary>
/// Bars in the order in which they came, in partitions: a topic of Kafka, or what a replay puts into this process.
/// All bars of a symbol lie in one partition. Each partition is read by one member of the group, in order of its offsets.
/// </summary>
internal interface IBarLog : IDisposable
{
    /// <summary>The topic's name.</summary>
    string Topic { get; }

    /// <summary>The number of partitions of the whole topic, whoever reads them.</summary>
    int Partitions { get; }

    /// <summary>Whether everything was handed over that will ever come; a topic of Kafka never ends.</summary>
    bool IsOver => false;

    /// <summary>Whether it can't be reached just now: that nothing comes says nothing then.</summary>
    bool IsAway => false;

    /// <summary>Hands over what has come, on the calling thread: assignments, messages, ends; returns after a while, at the latest after the wait when nothing came.</summary>
    /// <exception cref="ServiceDownException">The log can't be reached, and not for longer than is worth waiting.</exception>
    void Poll(IBarReceiver receiver, TimeSpan wait);

    /// <summary>The offset behind the last message of each partition of the topic, asked anew; null while nobody answers. May be called from any thread.</summary>
    IReadOnlyList<long>? Ends();

    /// <summary>Tells others how far a partition was counted and kept. It only informs: a member begins where its receiver says.</summary>
    void Inform(int partition, long offset);

    /// <summary>How many messages of a partition are still to be read, as far as is known; null before anything is.</summary>
    long? Lag(int partition);
}
