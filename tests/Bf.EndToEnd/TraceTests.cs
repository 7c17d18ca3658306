using System.Text.Json;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>Traces as Jaeger has them, by its query API.</summary>
public sealed class TraceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // on a machine on which everything is tested at once, what is sent at the end is to arrive in any case
    private static (string Name, string Value)[] Tracing(Stack stack) => [.. stack.Tracing, ("OTEL_BSP_EXPORT_TIMEOUT", "20000")];

    [Fact]
    public async Task A_run_is_one_trace_from_command_to_commit()
    {
        var stack = Stack.Shared("jaeger");
        using var bf = new BfProgram();
        bf.Write("bars.csv", Market.Csv(Market.Random(2, 10)));
        bf.Write(".env", $"{string.Join('\n', Tracing(stack).Select(t => $"{t.Name}={t.Value}"))}\nOTEL_RESOURCE_ATTRIBUTES=test.name=run\n");
        bf.Run("data", "import", "bars.csv").Done();
        var run = bf.Run("signals", "generate", "--json").Done().Json.GetProperty("run").GetString()!;

        var trace = await Trace(stack, s => s.Tag("bf.run.id") == run, s => s.Parent is null, s => s.Name == "commit runs");

        var root = Assert.Single(trace, s => s.Parent is null);
        Assert.Equal(("bf signals generate", "0"), (root.Name, root.Tag("process.exit.code")));
        Assert.Equal(["kernel", "read", "series", "write"], trace.Where(s => s.Parent == root.Id && !s.Name.StartsWith("commit", StringComparison.Ordinal)).Select(s => s.Name).Distinct().Order());
        var write = trace.First(s => s.Name == "commit breadth").Parent;
        Assert.Contains(trace, s => s.Id == write && s.Name == "write" && s.Parent == root.Id);
        Assert.Equal(["commit breadth", "commit signals", "commit state", "commit thrusts"], trace.Where(s => s.Parent == write).Select(s => s.Name).Order());
        Assert.All(trace.Where(s => s.Name.StartsWith("commit ", StringComparison.Ordinal)), s => Assert.NotNull(s.Tag("bf.table.version")));
        Assert.Contains(trace, s => s.Name == "commit runs" && s.Parent == root.Id);
    }

    [Fact]
    public async Task A_command_that_fails_says_so_in_its_trace_and_goes_on_in_the_trace_of_who_started_it()
    {
        var stack = Stack.Shared("jaeger");
        using var bf = new BfProgram();
        var id = Guid.NewGuid().ToString("N");
        var result = bf.Run(["signals", "generate"], null, [.. Tracing(stack), ("TRACEPARENT", $"00-{id}-00f067aa0ba902b7-01")]);

        var span = Assert.Single(await Trace(stack, s => s.Trace == id));

        Assert.Equal((1, "1", "ERROR"), (result.Code, span.Tag("process.exit.code"), span.Tag("otel.status_code")));
        Assert.Equal(result.Error.Trim(), span.Tag("otel.status_description"));
    }

    [Fact]
    public async Task One_trace_leads_from_a_bar_over_Kafka_to_the_signal_that_is_stored()
    {
        var stack = Stack.Shared("jaeger", "kafka", "elasticsearch");
        using var bf = new BfProgram();
        var topic = $"traced-{Guid.NewGuid():N}";
        (string, string)[] settings = [.. stack.Environments, .. Tracing(stack)];
        bf.Write("bars.csv", Market.Csv(Market.Random(4, 6)));
        bf.Run("data", "import", "bars.csv").Done();
        bf.Run(["data", "replay", "--speed", "max", "--topic", topic, "--partitions", "2"], null, settings).Done();
        bf.Run(["stream", "run", "--topic", topic, "--sink", "elasticsearch", "--output-topic", $"{topic}-out", "--until-idle", "1s", "--idle", "500ms", "--lake", "streamed"], null, settings).Done();

        // the last time: nothing comes after it, so its rows are made alone
        var trace = await Trace(stack, s => s.Name == "bulk", s => s.Name == $"process {topic}", s => s.Name == $"send {topic}-out");

        var sent = Assert.Single(trace, s => s.Parent is null);
        Assert.Equal(($"send {topic}", "producer", "4"), (sent.Name, sent.Tag("span.kind"), sent.Tag("messaging.batch.message_count")));
        var taken = Assert.Single(trace, s => s.Name == $"process {topic}");
        Assert.Equal((sent.Id, "consumer", "kafka", topic), (taken.Parent, taken.Tag("span.kind"), taken.Tag("messaging.system"), taken.Tag("messaging.destination.name")));
        var made = Assert.Single(trace, s => s.Name == "make rows");
        Assert.Equal(taken.Id, made.Parent);
        var stored = trace.First(s => s.Name == "bulk");
        Assert.Equal((made.Id, "client", "elasticsearch", "bulk"), (stored.Parent, stored.Tag("span.kind"), stored.Tag("db.system.name"), stored.Tag("db.operation.name")));
        Assert.Contains(trace, s => s.Name == $"send {topic}-out" && s.Parent == made.Id);
    }

    /// <summary>The spans of the newest trace with all that is sought, once it has come: spans come in any order.</summary>
    private static async Task<List<JaegerSpan>> Trace(Stack stack, params Predicate<JaegerSpan>[] sought)
    {
        using var http = new HttpClient();
        var address = new Uri($"http://127.0.0.1:{stack.JaegerPort}/api/traces?service=bf&limit=100");
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.Elapsed < Patience; await Task.Delay(100, TestContext.Current.CancellationToken))
        {
            var traces = JsonDocument.Parse(await http.GetStringAsync(address, TestContext.Current.CancellationToken)).RootElement.GetProperty("data").EnumerateArray()
                .Select(t => t.GetProperty("spans").EnumerateArray().Select(JaegerSpan.Of).ToList());
            if (traces.Where(t => Array.TrueForAll(sought, t.Exists)).MaxBy(t => t.Max(s => s.Start)) is { } trace)
            {
                return trace;
            }
        }

        throw new TimeoutException("the trace did not come");
    }

    private sealed record JaegerSpan(string Trace, string Id, string? Parent, string Name, long Start, IReadOnlyDictionary<string, string> Tags)
    {
        public string? Tag(string name) => Tags.GetValueOrDefault(name);

        public static JaegerSpan Of(JsonElement span) => new(
            span.GetProperty("traceID").GetString()!, span.GetProperty("spanID").GetString()!,
            span.GetProperty("references").EnumerateArray().Where(r => r.GetProperty("refType").GetString() == "CHILD_OF").Select(r => r.GetProperty("spanID").GetString()).FirstOrDefault(),
            span.GetProperty("operationName").GetString()!, span.GetProperty("startTime").GetInt64(),
            span.GetProperty("tags").EnumerateArray().ToDictionary(t => t.GetProperty("key").GetString()!, t => t.GetProperty("value").ToString()));
    }
}
