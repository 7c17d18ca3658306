using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Streaming.Replay;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary><c>bf data replay</c>: bars of the lake into Kafka, as if the market were open.</summary>
internal sealed class DataReplayCommand : BfCommand
{
    private const string Fast = "max";
    private readonly UniverseOptions _choice = new(counts: false);
    private readonly MetricsOption _metrics = new();
    private readonly Option<string> _speed = new("--speed") { Description = "market time over wall time: 60 plays an hour in a minute; max: as fast as Kafka takes them. Closed hours are skipped, and a daily bar stands for a session of 6.5 hours", HelpName = "60|900|max", DefaultValueFactory = _ => "60" };
    private readonly Option<string> _topic = new("--topic") { Description = "topic of Kafka (KAFKA_BOOTSTRAP_SERVERS), created where it is not there", HelpName = "NAME", DefaultValueFactory = _ => "quotes_replay" };
    private readonly Option<int> _partitions = new("--partitions") { Description = "partitions of a topic that is created", HelpName = "N", DefaultValueFactory = _ => 4 };
    private readonly Option<string> _compression = new("--compression") { Description = "how messages are packed: lz4, zstd (where librdkafka has it), snappy, gzip, none", HelpName = "lz4", DefaultValueFactory = _ => "lz4" };
    private readonly Option<bool> _resume = new("--resume") { Description = "go on after the last bar that each partition has: the same choice of bars as before" };
    private readonly Option<string> _patience = new("--patience") { Description = "how long to wait for a Kafka that went away", HelpName = "60s", DefaultValueFactory = _ => "60s" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "only say how many bars, of which times, and how long it would take" };

    public DataReplayCommand()
        : base("replay", "send bars of the lake into a topic of Kafka in order of time; the space bar (or kill -USR1 PID) pauses and goes on",
            "bf data replay --speed max",
            "bf data replay --speed 900 --symbol-list dow30 --interval 5m --start-date 2024-01-02 --end-date 2024-01-31",
            "bf data replay --symbols AAPL,MSFT --topic quotes --partitions 8",
            "bf data replay --speed max --resume          after an interruption",
            "bf data replay --speed 60 --dry-run          how long would it take?")
    {
        _compression.AcceptOnly("lz4", "zstd", "snappy", "gzip", "none");
        _choice.AddTo(this, dates: true);
        foreach (var option in (Option[])[_speed, _topic, _partitions, _compression, _resume, _patience, _dryRun])
        {
            Options.Add(option);
        }

        _metrics.AddTo(this);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var request = Request(call);
        var lake = call.OpenLake();
        if (call.Get(_dryRun))
        {
            var (bars, first, last, takes) = ReplayJob.Preview(lake, request);
            call.Out.Document(() => new JsonObject { ["rows"] = bars, ["first"] = Timestamp.Format(first), ["last"] = Timestamp.Format(last), ["seconds"] = takes?.TotalSeconds, ["topic"] = request.Topic });
            call.Out.Line($"{Count(bars, "bar")} from {Timestamp.Format(first)} to {Timestamp.Format(last)} would go to {request.Topic}{(takes is { } time ? $", in {Duration(time)}" : ", as fast as Kafka takes them")}");
            return ExitCode.Done;
        }

        var sent = default(ReplayProgress);
        ReplayResult result;
        using var metrics = _metrics.Open(call, lake);
        using (var pause = new PauseSwitch())
        using (var progress = new Progress(call.Out.Quiet))
        {
            try
            {
                result = ReplayJob.Run(lake, call.Settings, request, call.Arguments, pause.IsPaused, p => progress.Report(Say(sent = p)), call.Cancel);
            }
            catch (OperationCanceledException)
            {
                progress.Dispose();
                Console.Error.WriteLine(sent.Bars == 0 ? "nothing was sent" : $"sent until {Timestamp.Format(sent.Ts)}; the same command with --resume goes on from there");
                throw;
            }
        }

        call.Out.Document(() => Document(result, request));
        call.Out.Line(result.Bars == 0 ? $"nothing to send: {request.Topic} has all {Count(result.Skipped, "bar")} already"
            : $"{Count(result.Bars, "bar")} from {Timestamp.Format(result.First!.Value)} to {Timestamp.Format(result.Last!.Value)} sent to {request.Topic} ({Count(result.Partitions, "partition")}{(result.Created ? ", new" : "")}) in {Duration(TimeSpan.FromSeconds(result.Seconds))}, {Number((long)result.Rate)} a second");
        if (result.Skipped > 0 && result.Bars > 0)
        {
            call.Out.Line($"{Count(result.Skipped, "bar")} {(result.Skipped == 1 ? "was" : "were")} there already");
        }

        return ExitCode.Done;
    }

    private ReplayRequest Request(Invocation call)
    {
        var (from, to) = _choice.ReadSpan(call);
        var topic = call.Get(_topic)!;
        return topic.Length is 0 or > 249 || topic is "." or ".." || topic.Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')) ? throw new UsageException($"--topic: '{topic}' is no name for a topic; letters, digits, '.', '_' and '-' are allowed")
            : call.Get(_partitions) is < 1 or > 10_000 ? throw new UsageException("--partitions: write a number from 1 to 10000")
            : new(_choice.Read(call), _choice.ReadInterval(call), from, to, Speed(call.Get(_speed)!))
            {
                Topic = topic, Partitions = call.Get(_partitions), Compression = call.Get(_compression)!, Resume = call.Get(_resume), Patience = Durations.Parse("--patience", call.Get(_patience)!),
            };
    }

    /// <summary>60, 900x, max.</summary>
    private static double? Speed(string text) =>
        text == Fast ? null
        : double.TryParse(text.EndsWith('x') ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is >= 0.001 and <= 1e9 ? speed
        : throw new UsageException($"--speed: '{text}' is no speed; write 60 (an hour in a minute), 900, or max");

    private static string Say(ReplayProgress p) =>
        $"{(p.Ts == 0 ? "reading" : Timestamp.Format(p.Ts))}  {Number(p.Bars)} of {Number(p.Of)} bars  {Number((long)p.Rate)}/s"
        + $"{(p.Behind.TotalSeconds >= 1 ? $"  {Duration(p.Behind)} behind" : "")}{(p.Pending > 0 ? $"  {Number(p.Pending)} under way" : "")}{(p.Paused ? "  paused: the space bar goes on" : "")}";

    private static string Duration(TimeSpan time) =>
        time.TotalSeconds < 60 ? $"{time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s"
        : time.TotalHours < 1 ? $"{(int)time.TotalMinutes}m {time.Seconds}s"
        : $"{Number((long)time.TotalHours)}h {time.Minutes}m";

    private static JsonObject Document(ReplayResult r, ReplayRequest request) => Documents.Job(r.Bars, r.Run, r.Timings, new JsonObject
    {
        ["bars"] = r.Bars, ["skipped"] = r.Skipped, ["seconds"] = Math.Round(r.Seconds, 3), ["rate"] = Math.Round(r.Rate), ["topic"] = request.Topic, ["partitions"] = r.Partitions, ["created"] = r.Created,
        ["first"] = r.First is { } first ? Timestamp.Format(first) : null, ["last"] = r.Last is { } last ? Timestamp.Format(last) : null,
        ["speed"] = request.Speed, ["compression"] = request.Compression,
    });
}
