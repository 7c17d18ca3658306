using System.Globalization;
using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Spark.Board;

/// <summary>What a run tells of itself, in settings of its session that anybody may read who knows the session.</summary>
internal sealed record RunNote
{
    /// <summary>How the names of the settings begin.</summary>
    public const string Prefix = "bf.note.";

    /// <summary>The setting by which another process says that the run is to end, and who wants it.</summary>
    public const string Cancelled = Prefix + "cancelled";

    /// <summary>The run, as in the table <c>runs</c> where it stands there.</summary>
    public required string Run { get; init; }

    /// <summary>The command, as it was given.</summary>
    public required string Command { get; init; }

    /// <summary>Who runs it, and where: user@host.</summary>
    public required string By { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>When it last said that it is alive.</summary>
    public required DateTimeOffset Alive { get; init; }

    /// <summary>The stages of the statement that runs.</summary>
    public IReadOnlyList<SparkStage> Stages { get; init; } = [];

    /// <summary>As settings.</summary>
    public (string Key, string Value)[] ToSettings() =>
    [
        (Prefix + "run", Run),
        (Prefix + "command", Command),
        (Prefix + "by", By),
        (Prefix + "began", Began.ToString("O", CultureInfo.InvariantCulture)),
        .. ToSigns(),
    ];

    /// <summary>What changes while it runs.</summary>
    public (string Key, string Value)[] ToSigns() =>
    [
        (Prefix + "alive", Alive.ToString("O", CultureInfo.InvariantCulture)),
        (Prefix + "stages", string.Join(' ', Stages.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Id}:{s.Tasks}:{s.DoneTasks}:{s.BytesRead}:{(s.Done ? 1 : 0)}")))),
    ];

    /// <summary>Reads settings, by their names without the prefix; null where they tell of no run.</summary>
    public static RunNote? Of(IReadOnlyDictionary<string, string> settings) =>
        settings.TryGetValue("run", out var run) && settings.TryGetValue("command", out var command) && settings.TryGetValue("by", out var by)
            && Time(settings, "began") is { } began && Time(settings, "alive") is { } alive
            ? new() { Run = run, Command = command, By = by, Began = began, Alive = alive, Stages = [.. (settings.GetValueOrDefault("stages") ?? "").Split(' ').Select(Stage).OfType<SparkStage>()] }
            : null;

    private static DateTimeOffset? Time(IReadOnlyDictionary<string, string> settings, string name) =>
        DateTimeOffset.TryParseExact(settings.GetValueOrDefault(name), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static SparkStage? Stage(string text)
    {
        var numbers = Array.ConvertAll(text.Split(':'), n => long.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1);
        return numbers is [>= 0 and var id, >= 0 and var tasks, >= 0 and var done, >= 0 and var bytes, 0 or 1] ? new(id, tasks, done, bytes, numbers[4] == 1) : null;
    }
}
