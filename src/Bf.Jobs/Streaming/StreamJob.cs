using Bf.Core.Market;
using Bf.Jobs.Config;
using Bf.Jobs.Lake;
using Bf.Jobs.Runs;
using Bf.Jobs.Streaming.Checkpoints;
using Bf.Jobs.Streaming.Kafka;
using Bf.Jobs.Streaming.Bus;
using Bf.Jobs.Streaming.Members;
using Bf.Jobs.Streaming.Replay;

namespace Bf.Jobs.Streaming;

/// <summary>What a stream is asked to do.</summary>
/// <param name="Plan">What it computes.</param>
/// <param name="Sinks">Where results go: lake, elasticsearch, console.</param>
public sealed record StreamRequest(StreamPlan Plan, IReadOnlyList<string> Sinks)
{
    /// <summary>Begins at the topic's beginning, whatever was kept.</summary>
    public bool Restart { get; init; }

    /// <summary>The topic that results are published to; null for none.</summary>
    public string? Output { get; init; } = "breadth_signals";

    /// <summary>Where the sink <c>console</c> writes to.</summary>
    public TextWriter Console { get; init; } = TextWriter.Null;
}

/// <summary>What a stream did.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Figures">The figures when it ended.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record StreamResult(string Run, StreamFigures Figures, double Seconds);

/// <summary><c>bf stream run</c>: bars of a topic to breadth, thrusts and score as they come.</summary>
public static class StreamJob
{
    /// <summary>Reads a topic of Kafka.</summary>
    /// <param name="lake">The lake: how far the stream has come is kept in it, and its sink writes to it.</param>
    /// <param name="settings">How the services are reached.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="arguments">The command line, for the table <c>runs</c>.</param>
    /// <param name="shown">Called now and then with new figures.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceDownException">Kafka or Elasticsearch can't be reached.</exception>
    /// <exception cref="JobException">There is no such topic.</exception>
    public static StreamResult Run(DataLake lake, Settings settings, StreamRequest request, string arguments, Action<StreamFigures> shown, CancellationToken cancel) =>
        JobRun.Do(lake, "stream run", arguments, run =>
        {
            var kafka = KafkaSettings.Of(settings);
            var checkpoints = new CheckpointTable(run.Lake, request.Plan.Name, run.Id);
            var group = checkpoints.Group();
            if (request.Restart)
            {
                checkpoints.Forget();
            }

            using var log = new KafkaBarLog(kafka, request.Plan.Topic, group, lake.Clock);
            Recognize(checkpoints, log);
            CheckInterval(kafka, checkpoints, log, request.Plan.Interval);
            using var broadcast = new KafkaBroadcast(kafka, $"{request.Plan.Topic}.{group}", lake.Clock);
            var sinks = new StreamSinks(run, settings, request, kafka, group, cancel);
            return Run(run, request, log, broadcast, checkpoints, sinks, shown, cancel);
        });

    /// <summary>
    /// Reads the bars of the lake as if they came in, without any service. It begins anew each time, and ends when all bars have come.
    /// Bars before the first date asked for come at once: they fill the windows, and nothing of them is given out.
    /// </summary>
    /// <param name="lake">The lake.</param>
    /// <param name="settings">How the services are reached, where a sink needs one.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="replay">Which bars, and how fast.</param>
    /// <param name="arguments">The command line, for the table <c>runs</c>.</param>
    /// <param name="shown">Called now and then with new figures.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="JobException">There are no bars.</exception>
    public static StreamResult Replay(DataLake lake, Settings settings, StreamRequest request, ReplayRequest replay, string arguments, Action<StreamFigures> shown, CancellationToken cancel) =>
        JobRun.Do(lake, "stream run", arguments, run =>
        {
            var bars = new ReplayBars(run.Lake, replay.Universe, replay.Interval, null, replay.To);
            run.Read(bars.Table.Name, bars.Table.Version);
            using var log = new MemoryLog(request.Plan.Topic, partitions: 1);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var replayer = new Replayer(bars, new(replay.Speed, replay.Interval, replay.From), log, lake.Clock, end.Token);
            var feed = new Feed(() =>
            {
                replayer.Run();
                log.Complete();
            });
            try
            {
                var sinks = new StreamSinks(run, settings, request, null, "", cancel);
                return Run(run, request with { Plan = request.Plan with { From = replay.From } }, log, null, new NoCheckpoints(), sinks, f => { feed.Check(); shown(f); }, cancel);
            }
            finally
            {
                end.Cancel();
                feed.Join();
            }
        });

    /// <summary>Refuses bars of another length than was asked for: their times alone would not always show it.</summary>
    private static void CheckInterval(KafkaSettings kafka, CheckpointTable checkpoints, KafkaBarLog log, Interval interval)
    {
        if (checkpoints.LoadSums().Data is null && TopicInterval.Of(kafka, log.Topic, log.Partitions) is { } said && said != interval.Name)
        {
            throw new JobException($"topic '{log.Topic}' has bars of {said}, as its messages say (header granularity), and not of {interval}; say --interval {said}");
        }
    }

    /// <summary>Refuses a topic that is another than before, or is parted in another way: offsets that were kept say nothing of it.</summary>
    private static void Recognize(CheckpointTable checkpoints, KafkaBarLog log)
    {
        if (!checkpoints.Recognize("topic", log.Identity))
        {
            throw new JobException($"topic '{log.Topic}' is another than the one that was read before: it was deleted and made anew. Begin at its beginning with --restart, or stream it into a lake of its own");
        }

        if (!checkpoints.Recognize("partitions", log.Partitions))
        {
            throw new JobException($"topic '{log.Topic}' has {log.Partitions} partitions, and had others before: the bars of a symbol may lie in two of them, in no order. Replay into a new topic with as many partitions as are wanted, and stream that into a lake of its own");
        }
    }

    private static StreamResult Run(JobRun run, StreamRequest request, IBarLog log, IBroadcast? broadcast, ICheckpoints checkpoints, StreamSinks sinks, Action<StreamFigures> shown, CancellationToken cancel)
    {
        var began = run.Lake.Clock.GetTimestamp();
        var figures = new StreamFigures(request.Plan.Topic);
        using var reporter = sinks.Reporter(figures); // ends after the run was noted: the index gets its row, too
        using var loop = new StreamLoop(request.Plan, log, broadcast, checkpoints, new StreamQuarantine(run.Lake, request.Plan.Topic, run.Id), sinks.Open, figures, run.Id, run.Lake.Clock);
        loop.Run(() => shown(figures), cancel);
        run.End(figures.Rows, cancel.IsCancellationRequested ? "interrupted" : "done");
        return new(run.Id, figures, run.Lake.Clock.GetElapsedTime(began).TotalSeconds);
    }
}
