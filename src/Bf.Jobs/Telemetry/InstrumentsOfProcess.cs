namespace Bf.Jobs.Telemetry;

/// <summary>What .NET's own meter <c>System.Runtime</c> says of the process, as far as bf gives it out; a test compares it with the meter.</summary>
public static class InstrumentsOfProcess
{
    /// <summary>The meter's name.</summary>
    public const string Meter = "System.Runtime";

    /// <summary>Its metrics.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new(MetricKind.Counter, "dotnet.process.cpu.time", "s", "processor time used", "cpu.mode"),
        new(MetricKind.Gauge, "dotnet.process.cpu.count", "{cpu}", "processors that the process may use"),
        new(MetricKind.Gauge, "dotnet.process.memory.working_set", "By", "memory that the process has in use, native libraries' too"),
        new(MetricKind.Counter, "dotnet.gc.collections", "{collection}", "garbage collections", "gc.heap.generation"),
        new(MetricKind.Counter, "dotnet.gc.pause.time", "s", "time in which collections stopped all work"),
        new(MetricKind.Counter, "dotnet.gc.heap.total_allocated", "By", "bytes allocated on the managed heap"),
        new(MetricKind.Gauge, "dotnet.gc.last_collection.memory.committed_size", "By", "memory committed by the collector after the last collection"),
        new(MetricKind.Gauge, "dotnet.gc.last_collection.heap.size", "By", "the heap's size after the last collection", "gc.heap.generation"),
        new(MetricKind.Gauge, "dotnet.thread_pool.thread.count", "{thread}", "threads of the pool"),
        new(MetricKind.Gauge, "dotnet.thread_pool.queue.length", "{work_item}", "work that waits for a thread of the pool"),
        new(MetricKind.Counter, "dotnet.monitor.lock_contentions", "{contention}", "waits for a lock that another thread held"),
        new(MetricKind.Counter, "dotnet.exceptions", "{exception}", "exceptions thrown", "error.type"),
    ];
}
