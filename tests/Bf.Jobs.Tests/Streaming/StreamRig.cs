using Bf.Core.Market;
using Bf.Jobs.Runs;
using Bf.Jobs.Streaming;
using Bf.Jobs.Streaming.Checkpoints;
using Bf.Jobs.Streaming.Bus;
using Bf.Jobs.Streaming.Members;
using Bf.Jobs.Streaming.Sinks;

namespace Bf.Jobs.Tests.Streaming;

/// <summary>Runs members of a stream over a topic in memory, into a lake.</summary>
internal static class StreamRig
{
    /// <summary>A plan whose waits are short.</summary>
    public static StreamPlan Plan(params Universe[] universes) => new("quotes", universes.Length == 0 ? [Universe.All] : universes, Interval.Day)
    {
        UntilIdle = TimeSpan.FromMilliseconds(150), Idle = TimeSpan.FromMilliseconds(60), Checkpoint = TimeSpan.FromMilliseconds(5), Provisional = TimeSpan.Zero,
    };

    /// <summary>Runs a member until it ends, or dies after some turns: nothing of it is cleaned up then.</summary>
    /// <returns>The figures when it ended.</returns>
    public static StreamFigures Run(TestLake lake, StreamPlan plan, IBarLog log, int? dies = null, IBroadcast? broadcast = null, IResultSink? also = null, Action? turn = null)
    {
        var run = JobRun.Start(lake.Lake, "stream run", "test");
        var figures = new StreamFigures(plan.Topic);
        using var loop = new StreamLoop(plan, log, broadcast, new CheckpointTable(run.Lake, plan.Name, run.Id), new StreamQuarantine(run.Lake, plan.Topic, run.Id),
            () => [new LakeSink(run.Lake, plan.Universes, plan.Interval), .. also is null ? Array.Empty<IResultSink>() : [also]], figures, run.Id, lake.Clock);
        try
        {
            loop.Run(
                () =>
                {
                    turn?.Invoke();
                    if (dies-- == 0)
                    {
                        throw new DiedException();
                    }
                },
                TestContext.Current.CancellationToken);
        }
        catch (DiedException)
        {
            // as kill -9: the next one goes on from what was kept
        }

        return figures;
    }

    internal sealed class DiedException : Exception;
}
