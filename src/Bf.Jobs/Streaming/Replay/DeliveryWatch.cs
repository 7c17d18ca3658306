using System.Globalization;

namespace Bf.Jobs.Streaming.Replay;

/// <summary>Tells whether bars still arrive: says so once when they don't, says when they do again, and loses its patience at last.</summary>
/// <param name="clock">The time; what a stopped process slept through does not count.</param>
/// <param name="patience">How long nothing may arrive.</param>
/// <param name="down">Makes the exception, from how long nothing arrived.</param>
internal sealed class DeliveryWatch(TimeProvider clock, TimeSpan patience, Func<string, ServiceDownException> down)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(3);
    private readonly ReplayClock _clock = new(clock);
    private TimeSpan _since;
    private long _arrived;
    private bool _told;

    /// <summary>Looks at how many have arrived, and how many have not.</summary>
    /// <exception cref="ServiceDownException">Nothing arrived for too long.</exception>
    public void Look(long arrived, int pending)
    {
        _clock.Look();
        var silent = _clock.Elapsed - _since;
        if (pending == 0 || arrived != _arrived)
        {
            if (_told)
            {
                Log.Warn($"Kafka takes bars again, after {Seconds(silent)}");
            }

            (_since, _arrived, _told) = (_clock.Elapsed, arrived, false);
        }
        else if (silent >= patience)
        {
            throw down($"nothing arrived for {Seconds(silent)}");
        }
        else if (!_told && silent >= Usual)
        {
            _told = true;
            Log.Warn($"Kafka takes no bars; waiting for up to {Seconds(patience)} until it does");
        }
    }

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s";
}
