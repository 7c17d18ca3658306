namespace Bf.Jobs.Streaming.Sinks;

/// <summary>
/// Where a stream's results go. What is put is known by its key (universe, interval, ts; for a thrust the detector too), so that putting it again
/// changes nothing, and putting another value takes its place. All calls come on one thread, but for what <see cref="Seal"/> returns.
/// </summary>
internal interface IResultSink : IDisposable
{
    /// <summary>Its name, as in <c>--sink</c>.</summary>
    string Name { get; }

    /// <summary>Whether values of times that are still open are wanted, too.</summary>
    bool TakesProvisional { get; }

    /// <summary>Prepares it, before anything is put. From a time on everything will be put again, perhaps with other values: thrusts that are stored there and do not come again have to go.</summary>
    /// <param name="from">The time, microseconds since 1970-01-01 UTC.</param>
    /// <param name="epoch">How many times the right to put results has changed hands. Who had it before, and does not know yet that it is gone, puts nothing more once something of this epoch is there.</param>
    /// <exception cref="ServiceDownException">It can't be reached.</exception>
    void Begin(long from, long epoch);

    /// <summary>Takes results; waits while it is behind with what it got before.</summary>
    void Put(ResultBatch batch);

    /// <summary>Returns once everything that was put is safe.</summary>
    /// <exception cref="ServiceDownException">It can't be reached, and not for longer than is worth waiting.</exception>
    void Flush();

    /// <summary>Draws a line below what was put so far, for who can't wait until that is safe.</summary>
    /// <returns>
    /// Returns once everything above the line is safe, and throws as <see cref="Flush"/> does. It is called once, on another thread, while more is put,
    /// and before another line is drawn.
    /// </returns>
    Action Seal()
    {
        Flush();
        return static () => { };
    }
}
