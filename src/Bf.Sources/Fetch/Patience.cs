namespace Bf.Sources.Fetch;

/// <summary>When a fetch gives up: at once where the source refuses everything, and after a row of symbols for which nothing else helped.</summary>
/// <param name="inARow">So many in a row, at least 1.</param>
public sealed class Patience(int inARow = Patience.Usual)
{
    /// <summary>Failures in a row after which asking further is in vain.</summary>
    public const int Usual = 8;

    private readonly Lock _gate = new();
    private int _inARow;

    /// <summary>Why the rest is not asked for; null while there is hope.</summary>
    public string? Ended { get; private set; }

    /// <summary>A symbol was answered; null, or how it failed.</summary>
    public void Met(SourceException? failure)
    {
        lock (_gate)
        {
            _inARow = failure?.Failure is SourceFailure.Unreachable or SourceFailure.Busy ? _inARow + 1 : 0;
            if (failure is not null && (failure.Failure == SourceFailure.Exhausted || _inARow >= inARow))
            {
                Ended ??= failure.Message;
            }
        }
    }
}
