namespace Bf.Jobs.Telemetry;

/// <summary>How long results took from the bar that completes them to a sink's acknowledgement, told by every sink alike.</summary>
internal static class SinkLatency
{
    /// <summary>Records that results are safe now.</summary>
    /// <param name="sink">The sink.</param>
    /// <param name="since">When the first news came of each, as the clock's timestamp; 0 where that is not known, which says nothing.</param>
    /// <param name="clock">The time.</param>
    public static void Record(string sink, IEnumerable<long> since, TimeProvider clock)
    {
        if (Meters.IsOn && since.Where(s => s > 0).DefaultIfEmpty(0).Min() is > 0 and var first)
        {
            Instruments.SinkLatency.Record(clock.GetElapsedTime(first).TotalSeconds, sink);
        }
    }
}
