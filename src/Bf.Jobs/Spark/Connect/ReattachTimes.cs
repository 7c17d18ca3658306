namespace Bf.Jobs.Spark.Connect;

/// <summary>How long to wait for what, when the server is silent or gone: together less than the 30 seconds after which the user is told.</summary>
internal sealed record ReattachTimes
{
    /// <summary>After so long without a response the server is asked whether it is there; a statement may run long without news.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long it may take to say so.</summary>
    public TimeSpan Probe { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After so long without a response the stream is dropped and attached again, though the server is there.</summary>
    public TimeSpan LongSilence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The pause before the second attempt; the next ones are longer, up to twenty times.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long to look for a server whose connection was lost.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest time from the last sign of life to giving up.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(22);

    /// <summary>The pause after some attempts in a row.</summary>
    public TimeSpan PauseAfter(int attempts) => Pause * Math.Min(1 << Math.Min(attempts - 1, 10), 20);
}
