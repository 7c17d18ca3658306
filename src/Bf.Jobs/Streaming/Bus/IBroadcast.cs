namespace Bf.Jobs.Streaming.Bus;

/// <summary>What the members of one stream tell each other: each hears all, its own words too, all in one order; what was said before it came it does not hear.</summary>
internal interface IBroadcast : IDisposable
{
    /// <summary>Says something to all.</summary>
    void Say(ReadOnlySpan<byte> message);

    /// <summary>The next that was said; null when there is none just now. Never waits.</summary>
    byte[]? Hear();
}
