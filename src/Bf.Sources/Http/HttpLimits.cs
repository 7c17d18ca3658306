namespace Bf.Sources.Http;

/// <summary>How long and how often a server is asked.</summary>
public sealed record HttpLimits
{
    /// <summary>The time of one attempt, from the connection to the last byte.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The time of all attempts together, with the waits between them.</summary>
    public TimeSpan Whole { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Attempts after the first.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The wait before the second attempt; it doubles each time, with jitter.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait. A server that asks for more (Retry-After) is not waited for.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The most bytes of an answer: fifty years of daily bars are about 2 MB.</summary>
    public int MostBytes { get; init; } = 32 << 20;
}
