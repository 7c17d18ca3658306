namespace Bf.Jobs;

/// <summary>Waits between attempts; for a time that is partly chance where many who failed together should not come again together.</summary>
/// <param name="clock">The time.</param>
/// <param name="chance">What the times are drawn from; else a seed of the clock and the process, so that each draws its own.</param>
internal sealed class Backoff(TimeProvider clock, Random? chance = null)
{
    private readonly Random _chance = chance ?? new Random(unchecked((int)clock.GetTimestamp() ^ (Environment.ProcessId * 397)));

    /// <summary>Waits for a time.</summary>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public void Wait(TimeSpan time, CancellationToken cancel = default) => Task.Delay(time, clock, cancel).GetAwaiter().GetResult();

    /// <summary>Waits for a time between two, any of them as likely.</summary>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public void WaitBetween(TimeSpan least, TimeSpan most, CancellationToken cancel = default) => Wait(least + ((most - least) * _chance.NextDouble()), cancel);
}
