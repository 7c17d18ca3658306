using Bf.Core.Market;
using Bf.Jobs.Generate;

namespace Bf.Jobs.Streaming.Sinks;

/// <summary>Rows of one universe that follow each other: new ones, or others in place of those that were put before. Of each time from the first to the last that was put, all rows are in the batch: a thrust that is not has not fired.</summary>
/// <param name="Results">Series, score and thrusts, and which dates.</param>
/// <param name="Interval">The bars' length.</param>
/// <param name="Settings">With what they were made.</param>
/// <param name="Run">The run's name.</param>
/// <param name="Final">Whether the watermark has passed all of them; false where more bars may come in the usual course of things.</param>
internal sealed record ResultBatch(UniverseResults Results, Interval Interval, GenerateSettings Settings, string Run, bool Final)
{
    /// <summary>When the first news came of what completes it, as the clock's timestamp; 0 where that is not known.</summary>
    public long Since { get; init; }
}
