namespace Bf.Jobs.Streaming.Combine;

/// <summary>
/// Lets work take a share of the time only: after each turn it rests four times as long as that took, a quarter of a second at the most. Work that
/// is quick or rare begins at once.
/// </summary>
/// <param name="clock">The time.</param>
internal sealed class Pace(TimeProvider clock)
{
    private const int Rests = 4;
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(250);

    private long _ended = clock.GetTimestamp();
    private TimeSpan _rest;

    /// <summary>How long it is to rest yet; zero when it may begin.</summary>
    public TimeSpan Rest => _rest - clock.GetElapsedTime(_ended) is var rest && rest > TimeSpan.Zero ? rest : TimeSpan.Zero;

    /// <summary>Works.</summary>
    public void Do(Action work)
    {
        var began = clock.GetTimestamp();
        work();
        _ended = clock.GetTimestamp();
        var rest = Rests * clock.GetElapsedTime(began, _ended);
        _rest = rest < LongestRest ? rest : LongestRest;
    }
}
