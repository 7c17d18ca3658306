using System.CommandLine;
using System.Globalization;
using Bf.Core.Market;
using Bf.Jobs;
using Bf.Jobs.Config;
using Bf.Jobs.Lake;
using Bf.Jobs.Telemetry;

namespace Bf.Cli;

/// <summary>One call of a command: its options, settings, lake and output.</summary>
internal sealed class Invocation
{
    private readonly ParseResult _parse;
    private Settings? _settings;

    public Invocation(ParseResult parse, CancellationToken cancel)
    {
        (_parse, Cancel) = (parse, cancel);
        Log.Level = parse.GetValue(GlobalOptions.Level);
        Log.Json = parse.GetValue(GlobalOptions.Format) == "json";
        Out = new Output(Console.Out, parse.GetValue(GlobalOptions.Json), parse.GetValue(GlobalOptions.Quiet));
    }

    /// <summary>Ends the command.</summary>
    public CancellationToken Cancel { get; }

    /// <summary>Where results go.</summary>
    public Output Out { get; }

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; } = TimeProvider.System;

    /// <summary>The settings.</summary>
    /// <exception cref="UsageException">The profile is not known, or a file has a line that is no setting.</exception>
    public Settings Settings => _settings ??= ReadSettings();

    /// <summary>The arguments as they were given, for the table <c>runs</c>.</summary>
    public string Arguments => string.Join(' ', _parse.Tokens.Select(t => t.Value.Contains(' ', StringComparison.Ordinal) ? $"'{t.Value}'" : t.Value));

    /// <summary>Traces and metrics of this call, where a setting says where to send them.</summary>
    public CommandTelemetry? Observe()
    {
        Settings settings;
        try
        {
            settings = Settings;
        }
        catch (Exception e) when (e is UsageException or JobException)
        {
            return null; // the command says so, where it needs a setting
        }

        return CommandTelemetry.Begin(settings, Program.Path(_parse.CommandResult.Command), Program.Version, Clock);
    }

    /// <summary>An option's value.</summary>
    public T? Get<T>(Option<T> option) => _parse.GetValue(option);

    /// <summary>Whether the command line has an option.</summary>
    public bool Has(Option option) => _parse.GetResult(option) is { Implicit: false };

    /// <summary>An argument's value.</summary>
    public T? Get<T>(Argument<T> argument) => _parse.GetValue(argument);

    /// <summary>Opens the lake.</summary>
    public DataLake OpenLake()
    {
        var root = Settings.Of("BF_LAKE").Value!;
        return root.Trim().Length == 0 ? throw new UsageException("the lake's root is empty; name a folder with --lake DIR")
            : File.Exists(root) ? throw new UsageException($"the lake {root} is a file; name a folder with --lake DIR")
            : DataLake.Open(root, Clock, Settings);
    }

    /// <summary>A date of an option, as midnight; null when it is not given.</summary>
    public long? Date(Option<string?> option) => Get(option) is { } text ? Timestamp.Of(ParseDate(option.Name, text)) : null;

    /// <summary>A date of an option, as the last moment of the day.</summary>
    public long? EndOfDate(Option<string?> option) => Date(option) is { } ts ? ts + Timestamp.Day - 1 : null;

    /// <summary>Reads a date.</summary>
    public static DateOnly ParseDate(string option, string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new UsageException($"{option}: '{text}' is no date like 2024-01-31");

    private static string PresentFolder()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new JobException("the folder you are in is gone; go to another one and run the command there");
        }
    }

    private Settings ReadSettings()
    {
        var folder = PresentFolder();
        try
        {
            var settings = new Settings(Flags(), Environment.GetEnvironmentVariable, folder);
            Secrets.Know(settings);
            return settings;
        }
        catch (JobException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private Dictionary<string, string> Flags()
    {
        var flags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_parse.GetValue(GlobalOptions.Lake) is { } lake)
        {
            flags["BF_LAKE"] = lake;
        }

        if (_parse.GetValue(GlobalOptions.Profile) is { } profile)
        {
            flags["BF_PROFILE"] = profile;
        }

        return flags;
    }
}
