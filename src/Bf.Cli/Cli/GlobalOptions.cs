using System.CommandLine;
using System.CommandLine.Completions;
using Bf.Jobs;
using Bf.Jobs.Config;

namespace Bf.Cli;

/// <summary>Options that every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<bool> Json = new("--json") { Description = "one JSON document on stdout, nothing else", Recursive = true };
    public static readonly Option<string?> Lake = new("--lake") { Description = "root of the lake, a folder or s3://BUCKET/FOLDER (else BF_LAKE, else ./lake)", HelpName = "DIR", Recursive = true };
    public static readonly Option<string?> Profile = new("--profile") { Description = "profile of settings (else BF_PROFILE)", HelpName = "NAME", Recursive = true, CompletionSources = { _ => Settings.Profiles(Directory.GetCurrentDirectory()).Select(name => new CompletionItem(name)) } };
    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "no progress and no summary", Recursive = true };
    public static readonly Option<LogLevel> Level = new("--log-level") { Description = "debug, info, warn or error", HelpName = "LEVEL", Recursive = true, DefaultValueFactory = _ => LogLevel.Warn };
    public static readonly Option<string> Format = Choice("--log-format", "text or json", "text", "json");

    public static IEnumerable<Option> All => [Json, Lake, Profile, Quiet, Level, Format];

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "FORMAT", Recursive = true, DefaultValueFactory = _ => values[0] };
        option.AcceptOnly(values);
        return option;
    }
}
