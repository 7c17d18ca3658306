namespace Bf.Sources.Fetch;

/// <summary>Why a source gave nothing.</summary>
public enum SourceFailure
{
    /// <summary>The source has no such symbol, or nothing of it.</summary>
    NotFound,
    /// <summary>The source refuses the request.</summary>
    Refused,
    /// <summary>The source wants fewer requests, or is out of order for the moment.</summary>
    Busy,
    /// <summary>The source refuses all further requests: a daily limit, a missing key.</summary>
    Exhausted,
    /// <summary>No connection, or no answer in time.</summary>
    Unreachable,
    /// <summary>An answer that can't be read.</summary>
    Malformed,
}

/// <summary>A source has no answer for a symbol, or none that can be used.</summary>
/// <param name="failure">The kind of failure.</param>
/// <param name="message">What, why, and what to do next.</param>
public sealed class SourceException(SourceFailure failure, string message) : Exception(message)
{
    /// <summary>The kind of failure.</summary>
    public SourceFailure Failure { get; } = failure;
}
