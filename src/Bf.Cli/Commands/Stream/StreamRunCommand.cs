using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Streaming;
using Bf.Jobs.Streaming.Replay;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Stream;

/// <summary><c>bf stream run</c>: breadth, thrusts and score as bars come in.</summary>
internal sealed class StreamRunCommand : BfCommand
{
    private const string NoTopic = "none";
    private static readonly string[] KnownSinks = ["console", "lake", "elasticsearch"];

    private readonly Option<string> _topic = new("--topic") { Description = "the topic that the bars come from", HelpName = "NAME", DefaultValueFactory = _ => "quotes_replay" };
    private readonly Option<string> _sinks = new("--sink") { Description = "where results go: console, lake, elasticsearch; several, separated by commas", HelpName = "NAME,...", DefaultValueFactory = _ => "console" };
    private readonly Option<string> _output = new("--output-topic") { Description = "the topic that results are published to, open times included; none for none", HelpName = "NAME", DefaultValueFactory = _ => "breadth_signals" };
    private readonly Option<string?> _untilIdle = new("--until-idle") { Description = "end when every partition was read to its end and nothing more has come for so long; unasked it runs until Ctrl-C", HelpName = "8s" };
    private readonly Option<string?> _checkpoint = new("--checkpoint") { Description = "how often to keep how far it has come", HelpName = "5s" };
    private readonly Option<string?> _idle = new("--idle") { Description = "a partition at its end that was quiet for so long holds up nobody", HelpName = "5s" };
    private readonly Option<string?> _patience = new("--patience") { Description = "how long to wait for an Elasticsearch that is gone before giving up (exit 3); Kafka is waited for in any case", HelpName = "2m" };
    private readonly Option<bool> _restart = new("--restart") { Description = "begin at the topic's beginning, whatever was done before" };
    private readonly UniverseOptions _universe = new(counts: false, several: true);
    private readonly MetricsOption _metrics = new();
    private readonly Option<bool> _replay = new("--replay") { Description = "take the bars of the lake instead, within this process: no Kafka needed; ends with the last bar" };
    private readonly Option<string> _speed = new("--speed") { Description = "of a replay: market time over wall time, or max", HelpName = "60|max", DefaultValueFactory = _ => "max" };

    public StreamRunCommand()
        : base("run", "count breadth as bars come in: from a topic of Kafka, or with --replay from the lake, without any service",
            "bf stream run --replay --speed max", "bf stream run --replay --start-date 2020-02-01 --end-date 2020-04-30",
            "bf stream run --topic quotes_replay --sink lake,elasticsearch --until-idle 8s", "bf stream run --sink lake,elasticsearch --metrics-port 9464", "bf stream run --universe all,sectors --interval 5m --sink console,lake")
    {
        _universe.AddTo(this, dates: true);
        foreach (var option in (Option[])[_topic, _sinks, _output, _untilIdle, _checkpoint, _idle, _patience, _restart, _replay, _speed])
        {
            Options.Add(option);
        }

        _metrics.AddTo(this);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        RefuseWhatHasNoEffect(call);
        var plan = Plan(call);
        var lake = call.OpenLake();
        using var metrics = _metrics.Open(call, lake);
        using var screen = new StreamScreen(Console.Out, call.Out.Quiet, call.Clock);
        var request = new StreamRequest(plan, Sinks(call))
        {
            Restart = call.Get(_restart), Output = call.Get(_output) == NoTopic ? null : call.Get(_output), Console = call.Out.Json ? TextWriter.Null : screen,
        };
        var result = call.Get(_replay)
            ? StreamJob.Replay(lake, call.Settings, request, Bars(call, plan), call.Arguments, screen.Show, call.Cancel)
            : StreamJob.Run(lake, call.Settings, request, call.Arguments, screen.Show, call.Cancel);
        screen.Close();
        var f = result.Figures;
        call.Out.Line($"{Count(f.Bars, "bar")} and {Count(f.Rows, "row")} of breadth in {Number(result.Seconds, 1)} s{Aside(f)}");
        call.Out.Document(() => new JsonObject
        {
            ["rows"] = f.Rows, ["run"] = result.Run, ["bars"] = f.Bars, ["late"] = f.Late, ["bad"] = f.Bad, ["duplicates"] = f.Duplicates, ["corrections"] = f.Corrections, ["foreign"] = f.Foreign,
            ["seconds"] = result.Seconds, ["watermark"] = f.Watermark == long.MinValue ? null : Timestamp.Format(f.Watermark),
        });
        return call.Cancel.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <summary>A stream that left dates out of account, or a replay that left a topic, would only seem to do what was asked.</summary>
    private void RefuseWhatHasNoEffect(Invocation call)
    {
        var isReplay = call.Get(_replay);
        var idle = Array.Find<Option>(isReplay ? [_topic, _output, _untilIdle, _idle, _restart] : [_universe.Start, _universe.End, _speed], call.Has);
        if (idle is not null)
        {
            throw new UsageException(isReplay
                ? $"{idle.Name} is for a topic of Kafka; --replay takes the lake's bars, from the first to the last, and ends"
                : $"{idle.Name} is for --replay; a topic is read as it comes. Choose what goes into it: bf data replay {idle.Name}");
        }
    }

    private StreamPlan Plan(Invocation call)
    {
        var usual = new StreamPlan(call.Get(_topic)!, _universe.ReadSeveral(call), _universe.ReadInterval(call));
        if (usual.Universes.FirstOrDefault(u => u.IsCounts) is { } counts)
        {
            throw new UsageException($"--universe: {counts.Name} is imported counts; a stream counts members' bars");
        }

        return usual with
        {
            UntilIdle = Durations.ParseOrNull("--until-idle", call.Get(_untilIdle)),
            Checkpoint = Durations.ParseOrNull("--checkpoint", call.Get(_checkpoint)) ?? usual.Checkpoint,
            Idle = Durations.ParseOrNull("--idle", call.Get(_idle)) ?? usual.Idle,
            Patience = Durations.ParseOrNull("--patience", call.Get(_patience)) ?? usual.Patience,
        };
    }

    private ReplayRequest Bars(Invocation call, StreamPlan plan)
    {
        var (from, to) = _universe.ReadSpan(call);
        var text = call.Get(_speed)!;
        double? speed = text == "max" ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && double.IsFinite(value) ? value
            : throw new UsageException($"--speed: '{text}' is neither a number above 0 nor max");
        return new(Universe.Union(plan.Universes), plan.Interval, from, to, speed);
    }

    private List<string> Sinks(Invocation call)
    {
        List<string> sinks = [.. call.Get(_sinks)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
        return sinks.Find(s => !KnownSinks.Contains(s)) is { } unknown ? throw new UsageException($"--sink: '{unknown}' is none; known are {string.Join(", ", KnownSinks)}")
            : sinks.Count == 0 ? throw new UsageException($"--sink names none; known are {string.Join(", ", KnownSinks)}")
            : sinks;
    }

    private static string Aside(StreamFigures f)
    {
        List<string> parts = [];
        Add(f.Duplicates, "counted already");
        Add(f.Corrections, "corrected what was there");
        Add(f.Foreign, "of no member");
        Add(f.Late, "too late, in quarantine");
        if (f.Bad > 0)
        {
            parts.Add($"{Count(f.Bad, "message")} no bars, in quarantine");
        }

        return parts.Count == 0 ? "" : $"; {string.Join("; ", parts)}";

        void Add(long count, string what)
        {
            if (count > 0)
            {
                parts.Add($"{Count(count, "bar")} {what}");
            }
        }
    }
}
