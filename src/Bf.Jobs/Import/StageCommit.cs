using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Runs;

namespace Bf.Jobs.Import;

/// <summary>The way of staged rows into the lake, the same for files and for sources: broken rows to the quarantine, then bars into their table.</summary>
internal static class StageCommit
{
    /// <summary>Commits what is staged.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="interval">The bars' length.</param>
    /// <param name="stage">What was read, completed.</param>
    /// <param name="source">What the column <c>source</c> says.</param>
    /// <param name="run">The run.</param>
    /// <param name="linesMove">Whether rows are numbered anew each time they are read.</param>
    public static (IReadOnlyDictionary<string, long> Quarantined, Upserted Bars) Run(DataLake lake, Interval interval, BarStage stage, string source, JobRun run, bool linesMove = false) =>
        (QuarantineCommit.Run(lake, stage.Connection, stage.Files, run.Id, linesMove), new BarCommit(lake, interval, stage).Run(source, run.Started));
}
