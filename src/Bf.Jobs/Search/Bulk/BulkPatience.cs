namespace Bf.Jobs.Search.Bulk;

/// <summary>How long and how large to go on trying: pauses grow while nothing works, and requests become smaller.</summary>
/// <param name="place">Where the index is.</param>
/// <param name="options">How long.</param>
/// <param name="clock">The time.</param>
internal sealed class BulkPatience(string place, BulkOptions options, TimeProvider clock)
{
    private const long LeastBytes = 50_000;

    private readonly Backoff _backoff = new(clock);
    private readonly Lock _gate = new();
    private long _most = options.Bytes;
    private long _bytes = options.Bytes;
    private TimeSpan _pause = options.FirstPause;
    private bool _said;

    /// <summary>The most bytes of the next request.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>A request worked.</summary>
    public void Worked()
    {
        lock (_gate)
        {
            _pause = options.FirstPause;
            _bytes = Math.Min(_most, _bytes * 2);
            if (_said)
            {
                _said = false;
                Log.Warn($"Elasticsearch at {place} takes documents again");
            }
        }
    }

    /// <summary>A request found the index busy or away: perhaps it was too much at once.</summary>
    public void Busy()
    {
        lock (_gate)
        {
            _bytes = Math.Max(Math.Min(LeastBytes, _most), _bytes / 2);
        }
    }

    /// <summary>A request was too large, or has something in it that is refused.</summary>
    public void TooLarge(long bytes, string reason)
    {
        lock (_gate)
        {
            if (reason.StartsWith("413", StringComparison.Ordinal))
            {
                _most = Math.Max(1, Math.Min(_most, bytes / 2));
                _bytes = Math.Min(_bytes, _most);
            }
        }
    }

    /// <summary>A document was sent back.</summary>
    /// <param name="since">When that happened for the first time; null for now.</param>
    /// <param name="reason">Why.</param>
    /// <returns>When it happened for the first time.</returns>
    /// <exception cref="ServiceDownException">That is too long ago.</exception>
    public long Check(long? since, string reason) => since is not { } first ? clock.GetTimestamp()
        : clock.GetElapsedTime(first) < options.Patience ? first
        : throw new ServiceDownException($"Elasticsearch at {place} has taken nothing for {options.Patience.TotalSeconds:0} seconds ({reason}); start it, and run the command again: what it has, stays");

    /// <summary>Waits before something is sent again.</summary>
    public void Wait(string reason, CancellationToken cancel)
    {
        TimeSpan pause;
        lock (_gate)
        {
            pause = _pause;
            _pause = pause * 2 < options.LongestPause ? pause * 2 : options.LongestPause;
            if (!_said && pause > options.FirstPause)
            {
                _said = true;
                Log.Warn($"Elasticsearch at {place} takes no documents just now ({reason}); trying again for {options.Patience.TotalSeconds:0} seconds");
            }
        }

        _backoff.WaitBetween(pause / 2, pause, cancel);
    }
}
