namespace Bf.Jobs.Telemetry;

/// <summary>What .NET's own meters say of the process and of its HTTP requests, as far as bf gives it out; a test compares it with the meters.</summary>
public static class InstrumentsOfPlatform
{
    /// <summary>The meter of the process.</summary>
    public const string RuntimeMeter = "System.Runtime";

    /// <summary>The meter of HTTP requests.</summary>
    public const string HttpMeter = "System.Net.Http";

    /// <summary>Their metrics; none whose name would end in <c>_count</c>, which Prometheus keeps for histograms.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new(MetricKind.Histogram, "http.client.request.duration", "s", "how long HTTP requests took: to sources of bars, buckets, Elasticsearch, Spark",
            "http.request.method", "http.response.status_code", "server.address", "server.port", "url.scheme", "network.protocol.version", "error.type"),
        new(MetricKind.Counter, "dotnet.process.cpu.time", "s", "processor time used", "cpu.mode"),
        new(MetricKind.Gauge, "dotnet.process.memory.working_set", "By", "memory that the process has in use, native libraries' too"),
        new(MetricKind.Counter, "dotnet.gc.collections", "{collection}", "garbage collections", "gc.heap.generation"),
        new(MetricKind.Counter, "dotnet.gc.pause.time", "s", "time in which collections stopped all work"),
        new(MetricKind.Counter, "dotnet.gc.heap.total_allocated", "By", "bytes allocated on the managed heap"),
        new(MetricKind.Gauge, "dotnet.gc.last_collection.memory.committed_size", "By", "memory committed by the collector after the last collection"),
        new(MetricKind.Gauge, "dotnet.gc.last_collection.heap.size", "By", "the heap's size after the last collection", "gc.heap.generation"),
        new(MetricKind.Gauge, "dotnet.thread_pool.queue.length", "{work_item}", "work that waits for a thread of the pool"),
        new(MetricKind.Counter, "dotnet.monitor.lock_contentions", "{contention}", "waits for a lock that another thread held"),
        new(MetricKind.Counter, "dotnet.exceptions", "{exception}", "exceptions thrown", "error.type"),
    ];
}
