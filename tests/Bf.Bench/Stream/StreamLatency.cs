using System.Diagnostics;
using Bf.Core.Market;
using Bf.Jobs.Search;
using Bf.Jobs.Search.Documents;
using Bf.Jobs.Search.Elastic;
using Bf.Jobs.Streaming;
using Bf.Jobs.Streaming.Checkpoints;
using Bf.Jobs.Streaming.Kafka;
using Bf.Jobs.Streaming.Members;
using Bf.Jobs.Streaming.Sinks;

namespace Bf.Bench.Stream;

/// <summary>10,000 bars a second: how long after the bar by which the watermark passes a time Elasticsearch has acknowledged the time's document.</summary>
internal static class StreamLatency
{
    private const int Symbols = 1_000;
    private const int Partitions = 4;
    private const int BarsASecond = 10_000;
    private const int WarmUp = 50;

    public static void Write(TextWriter output, StreamBenchOptions options, Uri elasticsearch)
    {
        var topic = $"bench_latency_{Guid.NewGuid():N}";
        using (var topics = new KafkaTopics(options.Kafka))
        {
            topics.Ensure(topic, Partitions);
        }

        var interval = Interval.Parse("1m");
        var times = options.History + WarmUp + options.Times;
        var market = MadeMarket.Of(Symbols, times, Timestamp.Of(new DateOnly(2024, 1, 2)), 60_000_000);
        var (before, live) = (Part(market, 0, options.History), Part(market, options.History, times));
        if (options.History > 0)
        {
            StreamFeed.Send(options.Kafka, topic, Partitions, before, interval, null);
        }

        using var place = new TempLake();
        var arrivals = new ArrivalClock(Partitions);
        using var index = new WatchedIndex(new ElasticIndex(new ElasticSettings { Hosts = [elasticsearch] }));
        var plan = new StreamPlan(topic, [Universe.All], interval) { UntilIdle = TimeSpan.FromSeconds(2), Idle = TimeSpan.FromSeconds(1.5), Checkpoint = options.Checkpoint };
        var checkpoints = new WatchedCheckpoints(new CheckpointTable(place.Lake, plan.Name, "bench"));
        using var log = new WatchedLog(new KafkaBarLog(options.Kafka, topic, topic, TimeProvider.System), market.Bars, arrivals.Came);
        var figures = new StreamFigures(topic);
        using var loop = new StreamLoop(plan, log, null, checkpoints, new StreamQuarantine(place.Lake, topic, "bench"), Open, figures, "bench", TimeProvider.System);
        var feed = new Feed(() => StreamFeed.Send(options.Kafka, topic, Partitions, live, interval, BarsASecond));
        loop.Run(feed.Check, CancellationToken.None);
        feed.Join();
        feed.Check();

        var latencies = live.Symbols[0].Ts.Skip(WarmUp).Where(arrivals.Passed.ContainsKey)
            .Select(ts => Stopwatch.GetElapsedTime(arrivals.Passed[ts], index.Acknowledged[SearchTable.Id("all", interval.Name, SearchTable.Text(ts))]).TotalMilliseconds).Order().ToList();
        var bulks = index.Milliseconds.Order().ToList();
        output.WriteLine($"stream, {BarsASecond:N0} bars a second, {Symbols:N0} symbols, {Partitions} partitions, into {string.Join(", ", options.Sinks)}, after {options.History:N0} times; from the completing bar to the acknowledgement");
        output.WriteLine($"  {latencies.Count} times: p50 {At(latencies, 0.5):N1}, p90 {At(latencies, 0.9):N1}, p99 {At(latencies, 0.99):N1}, most {latencies[^1]:N1} ms; a bulk request: p50 {At(bulks, 0.5):N1}, p99 {At(bulks, 0.99):N1} ms; {checkpoints.Milliseconds.Count} checkpoints; load {StreamThroughput.Load()}");

        IReadOnlyList<IResultSink> Open() => [.. options.Sinks.Select(IResultSink (name) => name switch
        {
            "elasticsearch" => new ElasticSink(index, new(TimeSpan.FromMinutes(1)), plan.Universes, interval, r => throw new BenchException(r.Reason), TimeProvider.System),
            "lake" => new LakeSink(place.Lake, plan.Universes, interval),
            "topic" => new KafkaSink(options.Kafka, topic, TimeProvider.System, $"{topic}_signals"),
            _ => throw new BenchException($"{name} is no sink: elasticsearch, lake, topic"),
        })];
    }

    private static Market Part(Market market, int from, int to) => new([.. market.Symbols.Select(s => new SymbolColumns(s.Symbol, s.Ts[from..to], s.AdjClose[from..to], s.Volume[from..to]))]);

    private static double At(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
}
