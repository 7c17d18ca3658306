namespace Bf.Jobs.Streaming.Replay;

/// <summary>What a replay did.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Bars">Bars sent, each delivered.</param>
/// <param name="Skipped">Bars that the topic had already (<c>--resume</c>).</param>
/// <param name="First">The first time sent, microseconds since 1970-01-01 UTC; null when nothing was.</param>
/// <param name="Last">The last time sent.</param>
/// <param name="Seconds">From the first read to the last bar's arrival; pauses are left out.</param>
/// <param name="Partitions">The topic's partitions.</param>
/// <param name="Created">Whether the topic is new.</param>
/// <param name="Timings">Milliseconds by stage.</param>
public sealed record ReplayResult(string Run, long Bars, long Skipped, long? First, long? Last, double Seconds, int Partitions, bool Created, IReadOnlyDictionary<string, double> Timings)
{
    /// <summary>Bars a second.</summary>
    public double Rate => Seconds > 0 ? Bars / Seconds : 0;
}
