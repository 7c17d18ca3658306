using Bf.Jobs.Config;
using Bf.Jobs.Lake;
using Bf.Jobs.Runs;
using Bf.Jobs.Streaming.Kafka;

namespace Bf.Jobs.Streaming.Replay;

/// <summary><c>bf data replay</c>: bars of the lake in order of time into a topic of Kafka.</summary>
public static class ReplayJob
{
    /// <summary>What a replay would send: how many bars, of which times, and how long it would take at its pace; null at full speed.</summary>
    /// <exception cref="JobException">There are no such bars.</exception>
    public static (long Bars, long First, long Last, TimeSpan? Takes) Preview(DataLake lake, ReplayRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var bars = Bars(lake, request);
        return (bars.Count, bars.First, bars.Last, request.Speed is { } speed ? bars.MarketTime / speed : null);
    }

    /// <summary>Replays.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="settings">How Kafka is reached.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="arguments">The command line, for the table <c>runs</c>.</param>
    /// <param name="paused">Whether it is to pause; asked several times a second.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancel">Ends the replay; what was sent until then gets a few seconds to arrive.</param>
    /// <exception cref="ServiceDownException">Kafka can't be reached, or is gone for longer than the request's patience.</exception>
    /// <exception cref="JobException">There are no such bars, or one could not be delivered.</exception>
    public static ReplayResult Run(DataLake lake, Settings settings, ReplayRequest request, string arguments, Func<bool>? paused = null, Action<ReplayProgress>? progress = null, CancellationToken cancel = default) =>
        Run(lake, KafkaSettings.Of(settings), request, arguments, paused, progress, cancel);

    internal static ReplayResult Run(DataLake lake, KafkaSettings settings, ReplayRequest request, string arguments, Func<bool>? paused = null, Action<ReplayProgress>? progress = null, CancellationToken cancel = default) =>
        JobRun.Do(lake, "data replay", arguments, run =>
        {
            var watch = new Stopwatches("plan_ms", "send_ms");
            var bars = watch.Time("plan_ms", () => Bars(run.Lake, request));
            run.Read(bars.Table.Name, bars.Table.Version);
            var (partitions, created, ends) = watch.Time("plan_ms", () => Prepare(settings, request, run.Lake.Clock));
            using var target = new KafkaTarget(settings, request, partitions, lake.Clock);
            var replayer = new Replayer(bars, new(request.Speed, request.Interval), target, lake.Clock, cancel)
            {
                Topic = request.Topic, Ends = ends, Paused = paused ?? (() => false), Progress = progress ?? (_ => { }),
            };
            try
            {
                watch.Time("send_ms", replayer.Run);
            }
            catch (OperationCanceledException)
            {
                target.Abandon();
                throw;
            }

            run.End(replayer.Sent);
            return new ReplayResult(run.Id, replayer.Sent, replayer.Skipped, replayer.First, replayer.Last, replayer.Took.TotalSeconds, partitions, created, watch.Timings);
        });

    private static ReplayBars Bars(DataLake lake, ReplayRequest request) => new(lake, request.Universe, request.Interval, request.From, request.To);

    private static (int Partitions, bool Created, IReadOnlyList<TopicEnd?>? Ends) Prepare(KafkaSettings settings, ReplayRequest request, TimeProvider clock)
    {
        using var topics = new KafkaTopics(settings);
        var (partitions, created) = topics.Ensure(request.Topic, request.Partitions);
        if (created)
        {
            return (partitions, true, null);
        }

        using var ends = new TopicEnds(settings, request.Topic, partitions, clock);
        if (request.Resume)
        {
            return (partitions, false, ends.Read());
        }

        if (ends.Messages > 0)
        {
            Log.Warn($"the topic {request.Topic} has {ends.Messages} messages; these bars come after them. To go on after its last bar: --resume");
        }

        return (partitions, false, null);
    }
}
