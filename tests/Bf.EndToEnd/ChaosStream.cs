using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Bf.Core.Exchange;
using Bf.Core.Market;
using Bf.Jobs.Streaming.Kafka;
using Bf.Jobs.Tests;
using Bf.Jobs.Tests.Streaming;
using Confluent.Kafka;

namespace Bf.EndToEnd;

/// <summary>A stream of the program over a topic, into a lake and, if asked, an index and a topic of its own.</summary>
internal sealed class ChaosStream(Stack stack, string topic, int partitions = 4) : IDisposable
{
    private static readonly string[] Results = ["breadth", "signals", "thrusts"];
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2), Enough = TimeSpan.FromSeconds(20);

    /// <summary>Where the stream writes.</summary>
    public BfProgram Program { get; } = new();

    /// <summary>The topic.</summary>
    public string Topic => topic;

    private KafkaSettings Kafka => new(stack.Settings["KAFKA_BOOTSTRAP_SERVERS"]);

    private string Output => $"{topic}_signals";

    /// <summary>The environment of the stream's processes.</summary>
    private (string, string)[] Environment => [.. stack.Environments, ("BF_LAKE", Program.At("lake"))];

    /// <summary>Sends bars of a lake into the topic.</summary>
    public Process Replay(BfProgram from, params string[] how) =>
        from.Start(["data", "replay", "--json", "--topic", topic, "--partitions", $"{partitions}", .. how], stack.Environments);

    /// <summary>Puts bars into the topic, and evenly among them messages that are none.</summary>
    /// <returns>What quarantine has to say of those, sorted: file, line and rule.</returns>
    public List<string> Fill(IReadOnlyList<Bar> bars, int bad)
    {
        using (var topics = new KafkaTopics(Kafka))
        {
            topics.Ensure(topic, partitions);
        }

        List<(string File, long Line, string Rule)> expected = [];
        using var producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig(Kafka.Client()) { EnableIdempotence = true, LingerMs = 5, CompressionType = CompressionType.Lz4 }).SetLogHandler((_, _) => { }).Build();
        var buffer = new byte[1024];
        for (int i = 0, next = 0; i < bars.Count; i++)
        {
            for (; next < (long)bad * (i + 1) / bars.Count; next++)
            {
                var ((key, value, rule), partition) = (BrokenMessages.Of(next), next % partitions);
                Put(partition, key, value, offset => expected.Add(($"{topic}/{partition}", offset, rule)));
            }

            var symbol = Encoding.UTF8.GetBytes(bars[i].Symbol);
            Put(bars[i].Symbol.Sum(c => c) % partitions, symbol, buffer.AsSpan(0, BarJson.Write(buffer, symbol, bars[i])).ToArray(), _ => { });
        }

        producer.Flush();
        return [.. expected.Order().Select(e => $"{e.File},{e.Line},{e.Rule}")];

        void Put(int partition, byte[]? key, byte[]? value, Action<long> delivered) =>
            producer.Produce(new TopicPartition(topic, partition), new() { Key = key, Value = value }, report =>
            {
                lock (expected)
                {
                    delivered(report.Error.IsError ? -1 : report.Offset.Value);
                }
            });
    }

    /// <summary>Starts a member, and returns when it has its partitions.</summary>
    public Process Start(params string[] sinks)
    {
        var claims = Commits();
        var member = StartNow(sinks);
        Await("checkpoints", claims, member);
        return member;
    }

    /// <summary>Waits until a table has more commits than it had, or the member has ended.</summary>
    public void Await(string table, int before, Process member)
    {
        for (var began = Stopwatch.StartNew(); Commits(table) <= before && began.Elapsed < Enough && !member.HasExited;)
        {
            Thread.Sleep(20);
        }
    }

    /// <summary>Starts a member.</summary>
    public Process StartNow(params string[] sinks) => Program.Start(
        ["stream", "run", "--topic", topic, "--output-topic", Output, "--sink", string.Join(',', sinks), "--until-idle", "3s", "--checkpoint", "300ms", "--json"], Environment);

    /// <summary>Waits until a process has done its work.</summary>
    public static JsonElement Ends(Process process)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        Assert.True(process.WaitForExit(Longest), "it does not end");
        return new BfResult(process.ExitCode, output.Result, error.Result).Done().Json;
    }

    /// <summary>Kills a process that is at work.</summary>
    public static void Kill(Process process)
    {
        if (process.HasExited)
        {
            Assert.Fail($"it has ended by itself, exit {process.ExitCode}: {process.StandardError.ReadToEnd()}");
        }

        process.Kill();
        process.WaitForExit();
    }

    /// <summary>The lake has what the batch has, each row in all columns but its run, and is whole.</summary>
    public void AssertLakeEquals(BfProgram batch)
    {
        foreach (var table in Results)
        {
            Assert.Equal(LakeState.Of(batch, table), LakeState.Of(Program, table));
        }

        Assert.True(LakeState.Wrong(Program).Length == 0, LakeState.Wrong(Program));
    }

    /// <summary>Leaves no document of another test.</summary>
    public void EmptyIndex()
    {
        using var http = Index();
        foreach (var table in Results)
        {
            using var all = new StringContent("""{"query":{"match_all":{}}}""", Encoding.UTF8, "application/json");
            using var answer = http.PostAsync($"{table}/_delete_by_query?refresh=true&conflicts=proceed", all).Result; // 404 before there is any
        }
    }

    /// <summary>The index has each row of the lake once, with all that it says, and nothing else.</summary>
    public void AssertIndexEqualsLake()
    {
        using var http = Index();
        foreach (var table in Results)
        {
            http.PostAsync($"{table}/_refresh", null).Result.EnsureSuccessStatusCode();
            var found = JsonDocument.Parse(http.GetStringAsync($"{table}/_search?size=10000&track_total_hits=true").Result).RootElement.GetProperty("hits");
            var rows = Rows(table);
            Assert.Equal(rows.Count, found.GetProperty("total").GetProperty("value").GetInt32());
            var documents = found.GetProperty("hits").EnumerateArray().Select(h => Plain(h.GetProperty("_source"))).Order(StringComparer.Ordinal);
            Assert.Equal(rows.Select(Plain).Order(StringComparer.Ordinal), documents);
        }
    }

    /// <summary>Of the topic of results, as far as it is committed: the last final message of each time says what the lake says, and none is sent again as it was.</summary>
    public void AssertOutputEqualsLake()
    {
        var latest = new Dictionary<string, string>(StringComparer.Ordinal);
        var (breadth, scores) = (Rows("breadth"), Rows("signals"));
        foreach (var message in KafkaReading.All(Kafka, Output, 1)[0])
        {
            var value = JsonDocument.Parse(message.Value).RootElement;
            var (text, ts) = (value.GetRawText(), value.GetProperty("ts").GetString()!);
            if (value.GetProperty("final").GetBoolean())
            {
                Assert.False(latest.TryGetValue(ts, out var before) && before == text, $"{ts} was sent twice: {text}");
                latest[ts] = text;
            }
        }

        Assert.Equal(breadth.Count, latest.Count);
        foreach (var (row, score) in breadth.Zip(scores))
        {
            var said = JsonDocument.Parse(latest[row.GetProperty("ts").GetString()!]).RootElement;
            foreach (var column in row.EnumerateObject().Where(c => said.TryGetProperty(c.Name, out _)))
            {
                Assert.Equal(Plain(column.Value), Plain(said.GetProperty(column.Name)));
            }

            Assert.Equal(Plain(score.GetProperty("score")), said.TryGetProperty("score", out var value) ? Plain(value) : "null");
            Assert.Equal(row.GetProperty("adv").GetInt64(), said.GetProperty("adv").GetInt64());
        }
    }

    private HttpClient Index() => new() { BaseAddress = new($"http://{stack.Settings["ELASTICSEARCH_HOST"]}") };

    /// <summary>The rows of a table of the stream's lake, by time.</summary>
    private List<JsonElement> Rows(string table) =>
        [.. Program.Run("query", $"SELECT * FROM {table} ORDER BY ALL", "--format", "json").Done().Json.EnumerateArray().OrderBy(r => r.GetProperty("ts").GetString(), StringComparer.Ordinal)];

    public void Dispose() => Program.Dispose();

    /// <summary>How often something was kept, or partitions were taken over.</summary>
    public int Commits(string table = "checkpoints") =>
        Directory.Exists(Program.At("lake", table, "_delta_log")) ? Directory.GetFiles(Program.At("lake", table, "_delta_log"), "*.json").Length : 0;

    /// <summary>A row or document as text: fields in order, without those that say nothing and the run; numbers as the doubles that they are.</summary>
    private static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => string.Join(' ', value.EnumerateObject().Where(p => p.Name != "run" && p.Value.ValueKind != JsonValueKind.Null).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}={Plain(p.Value)}")),
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Plain))}]",
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? $"{whole}" : value.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        JsonValueKind.Null => "null",
        _ => value.ToString(),
    };
}
