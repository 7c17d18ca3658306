using System.Diagnostics;
using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Spark;

/// <summary>Tells when a cluster has stopped to work: there is something left to do, and for some time no task has run.</summary>
internal sealed class StallWatch
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // what is older is no news: then it is the server that hangs, and who reads its answers finds that out
    private static readonly TimeSpan Old = TimeSpan.FromSeconds(6);
    private long _since = Stopwatch.GetTimestamp();

    /// <summary>Whether nothing happens although the last stage has tasks to be done.</summary>
    public bool IsStalled(SparkWatch watch)
    {
        // a stage that is skipped stays at none of its tasks, but it is never the last of a job
        var waits = Environment.TickCount64 - watch.Heard < Old.TotalMilliseconds && watch.RunningTasks == 0 && watch.Stages is [.., { Done: false } last] && last.DoneTasks < last.Tasks;
        _since = waits ? _since : Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(_since) > Patience;
    }
}
