namespace Bf.Jobs.Search.Bulk;

/// <summary>How documents are written.</summary>
/// <param name="Patience">How long one goes on trying while nothing is taken.</param>
internal sealed record BulkOptions(TimeSpan Patience)
{
    /// <summary>The most documents of a request.</summary>
    public int Documents { get; init; } = 2_000;

    /// <summary>The most bytes of a request; one document may be larger.</summary>
    public long Bytes { get; init; } = 5_000_000;

    /// <summary>Requests under way at once.</summary>
    public int Connections { get; init; } = 2;

    /// <summary>The most bytes that wait to be sent: who puts more, waits.</summary>
    public long Waiting { get; init; } = 20_000_000;

    /// <summary>The first wait after a failure; each further one is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait between two attempts.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(3);
}
