using System.Diagnostics;

namespace Bf.Jobs.Lake.Store.S3;

/// <summary>Ends a request in which nothing flows any more: a large file may take as long as it needs, silence may not.</summary>
internal sealed class Watch : IDisposable
{
    private readonly CancellationTokenSource _ends;
    private readonly TimeSpan _silence;

    /// <param name="first">How long until the first byte.</param>
    /// <param name="silence">How long between one byte and the next.</param>
    public Watch(TimeSpan first, TimeSpan silence) => (_silence, _ends) = (silence, new CancellationTokenSource(first > TimeSpan.Zero ? first : TimeSpan.FromMilliseconds(1)));

    /// <summary>Ends the request.</summary>
    public CancellationToken Token => _ends.Token;

    /// <summary>Whether it was ended.</summary>
    public bool IsSilent => _ends.IsCancellationRequested;

    /// <summary>Whether anything flowed.</summary>
    public bool HasFlowed => Last != 0;

    /// <summary>When something flowed last, by <see cref="Stopwatch"/>.</summary>
    public long Last { get; private set; }

    /// <summary>Notes that bytes flow.</summary>
    public void Flows()
    {
        Last = Stopwatch.GetTimestamp();
        _ends.CancelAfter(_silence);
    }

    /// <inheritdoc/>
    public void Dispose() => _ends.Dispose();
}
