using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Streaming;
using Bf.Jobs.Streaming.Checkpoints;
using Bf.Jobs.Streaming.Kafka;
using Bf.Jobs.Streaming.Members;
using Bf.Jobs.Streaming.Sinks;

namespace Bf.Bench.Stream;

/// <summary>How fast a member alone counts a topic that is there already, beside Kafka's own consumer test, in turns.</summary>
internal static class StreamThroughput
{
    private const int Symbols = 5_000;
    private const int Partitions = 4;

    public static void Write(TextWriter output, StreamBenchOptions options)
    {
        var market = MadeMarket.Of(Symbols, (int)Math.Max(1, options.Rows / Symbols));
        var (bars, expected) = (market.Bars, market.Tally(Core.Breadth.KernelForm.Scalar));
        var topic = $"bench_stream_{Symbols}x{bars / Symbols}";
        StreamFeed.Fill(options.Kafka, topic, Partitions, market);
        market = null; // it would count among the stream's memory
        output.WriteLine($"stream, {bars:N0} bars of {Symbols:N0} symbols, {Partitions} partitions, {options.Repeat} rounds; 1,000 messages a second");
        output.WriteLine($"  {"round",5} {"counted",8} {"results",8} {"kafka",8} {"ratio",6} {"peak MB",8} {"puts",6} {"us",5} {"all us",6}  checkpoints: number, median ms, MB; load");
        List<double> rates = [], peers = [];
        for (var round = 1; round <= options.Repeat; round++)
        {
            var run = Once(options, topic, bars, expected);
            var peer = options.KafkaHome is { } home ? new ConsumerPerf(home, options.Kafka.Servers).Run(topic, bars) : double.NaN;
            output.WriteLine($"  {round,5} {run.Counted / 1000,8:N0} {run.Results / 1000,8:N0} {peer / 1000,8:N0} {run.Counted / peer,6:N2} {run.PeakMb,8:N0} {run.Puts,6} {run.PollMicros,5:N2} {run.Micros,6:N2}  {run.Checkpoints.Milliseconds.Count}, {Median(run.Checkpoints.Milliseconds):N0}, {run.Checkpoints.Largest / 1e6:N1}; {Load()}");
            rates.Add(run.Counted);
            peers.Add(peer);
        }

        output.WriteLine($"  best  {rates.Max() / 1000,8:N0} {"",8} {peers.Max() / 1000,8:N0} {rates.Max() / peers.Max(),6:N2}");
        output.WriteLine($"  median{Median(rates) / 1000,8:N0} {"",8} {Median(peers) / 1000,8:N0} {Median(rates) / Median(peers),6:N2}");
    }

    /// <summary>The machine's load, averaged over a minute.</summary>
    public static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static Outcome Once(StreamBenchOptions options, string topic, long bars, Core.Breadth.BreadthTally expected)
    {
        using var place = new TempLake();
        GC.Collect(2, GCCollectionMode.Aggressive);
        File.WriteAllText("/proc/self/clear_refs", "5"); // the peak begins anew
        var plan = new StreamPlan(topic, [Universe.All], Interval.Day) { UntilIdle = TimeSpan.FromMilliseconds(500), Idle = TimeSpan.FromMilliseconds(400), Checkpoint = options.Checkpoint };
        var tally = new TallySink();
        var checkpoints = new WatchedCheckpoints(new CheckpointTable(place.Lake, plan.Name, "bench"));
        using var log = new WatchedLog(new KafkaBarLog(options.Kafka, topic, $"bench-{Guid.NewGuid():N}", TimeProvider.System), bars);
        var figures = new StreamFigures(topic);
        double results = 0;
        var (thread, process) = (ThreadMicros(), Environment.CpuUsage.TotalTime);
        using (var loop = new StreamLoop(plan, log, null, checkpoints, new StreamQuarantine(place.Lake, topic, "bench"), () => [new ConsoleSink(TextWriter.Null, [Universe.All]), tally], figures, "bench", TimeProvider.System))
        {
            loop.Run(
                () =>
                {
                    if (results == 0 && figures.Rows >= expected.Count - 1)
                    {
                        results = log.Messages / log.Since.TotalSeconds; // the last time is open until the stream is idle
                    }
                },
                CancellationToken.None);
        }

        var (poll, all) = ((ThreadMicros() - thread) / bars, (Environment.CpuUsage.TotalTime - process).TotalMicroseconds / bars);
        tally.Check(expected);
        return new(log.Messages / log.Took.TotalSeconds, results, Peak(), tally.Puts, checkpoints, poll, all);
    }

    private static double Median(List<double> values) => values.Order().ElementAtOrDefault(values.Count / 2);

    private static double Peak() => double.Parse(File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], System.Globalization.CultureInfo.InvariantCulture) / 1024;

    /// <summary>This thread's processor time.</summary>
    private static double ThreadMicros() => double.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) / 1000;

    private sealed record Outcome(double Counted, double Results, double PeakMb, int Puts, WatchedCheckpoints Checkpoints, double PollMicros, double Micros);
}
