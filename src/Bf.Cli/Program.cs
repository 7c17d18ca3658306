using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Reflection;
using System.Text;
using Bf.Cli.Commands;
using Bf.Cli.Commands.Data;
using Bf.Cli.Commands.Infra;
using Bf.Cli.Commands.Spark;
using Bf.Cli.Commands.Stream;
using Bf.Cli.Commands.Table;
using Bf.Jobs.Lake;

namespace Bf.Cli;

/// <summary>The command <c>bf</c>.</summary>
internal static class Program
{
    /// <summary>What the help of the command itself begins with.</summary>
    public static readonly string[] Examples =
    [
        "bf demo                                      the whole way in seconds: real data, signals, a backtest, a report",
        "bf data import prices.csv                    your own bars into the lake",
        "bf signals generate                          breadth, thrusts and score",
        "bf signals summary                           how strong is breadth, and which thrusts were there?",
        "bf backtest run --signal zbt_ema             what buying them would have done",
        "bf query \"SELECT * FROM thrusts\"             anything else, in SQL",
    ];

    private static readonly (string Name, Func<Command> Make)[] Commands =
    [
        ("demo", () => new DemoCommand()),
        ("data", () => new DataCommands()),
        ("signals", () => new SignalsCommands()),
        ("backtest", () => new BacktestCommands()),
        ("table", () => new TableCommands()),
        ("query", () => new QueryCommand()),
        ("stream", () => new StreamCommands()),
        ("spark", () => new SparkCommands()),
        ("infra", () => new InfraCommands()),
        ("symbols", () => new SymbolsCommands()),
        ("config", () => new ConfigCommands()),
        ("completion", () => new CompletionCommand()),
    ];

    // Commands that open the lake's engine: it is loaded beside the reading of the command line.
    private static readonly string[] UseEngine = ["demo", "data", "signals", "backtest", "table", "query", "stream"];

    /// <summary>The version, as built.</summary>
    public static string Version => typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static int Main(string[] args)
    {
        if (args is ["--version"])
        {
            Console.Out.WriteLine(Version);
            return ExitCode.Done;
        }

        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 15) { AutoFlush = false });
        try
        {
            var only = args.Length > 1 && Array.Exists(Commands, c => c.Name == args[0]) ? args[0] : null;
            if (only is not null && UseEngine.Contains(only) && !args.Any(a => a is "--help" or "-h" or "-?"))
            {
                Engine.Preload();
            }

            return Run(Root(only).Parse(args.Length == 0 ? ["--help"] : args));
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"error: the output can't be written: {e.Message}");
            return ExitCode.Failed;
        }
    }

    /// <summary>Does what was parsed.</summary>
    public static int Run(ParseResult parse)
    {
        if (parse.Errors.Count > 0 && parse.Action is ParseErrorAction)
        {
            return WrongUsage(parse);
        }

        var code = parse.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = true, ProcessTerminationTimeout = null });
        Console.Out.Flush();
        return code;
    }

    /// <summary>Says on stderr what is wrong, and what was meant perhaps.</summary>
    private static int WrongUsage(ParseResult parse)
    {
        var action = (ParseErrorAction)parse.Action!;
        action.ShowHelp = parse.Errors.All(e => e.SymbolResult is CommandResult { Command.Subcommands.Count: > 0 }) && parse.UnmatchedTokens.Count == 0;
        using var text = new StringWriter();
        parse.Invoke(new InvocationConfiguration { Output = text, Error = text });
        Console.Error.WriteLine($"error: {InPlainWords(text.ToString().Trim())}");
        if (!action.ShowHelp && parse.CommandResult.Command.Arguments.FirstOrDefault(a => a.Arity.MinimumNumberOfValues > 0 && parse.GetResult(a) is not { Tokens.Count: > 0 }) is { } lacking)
        {
            Console.Error.WriteLine($"{lacking.Name} is missing: {lacking.Description}; see {Path(parse.CommandResult.Command)} --help");
        }

        return ExitCode.Usage;
    }

    private static string InPlainWords(string error) => error
        .Replace("'System.Nullable`1[System.Int32]'", "'System.Int32'", StringComparison.Ordinal)
        .Replace("'System.Nullable`1[System.Int64]'", "'System.Int64'", StringComparison.Ordinal)
        .Replace("'System.Nullable`1[System.Double]'", "'System.Double'", StringComparison.Ordinal)
        .Replace("as expected type 'System.Int32'", "as a whole number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Int64'", "as a whole number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Double'", "as a number", StringComparison.Ordinal);

    /// <summary>A command as it is written: <c>bf signals generate</c>.</summary>
    public static string Path(Command command) => command.Parents.FirstOrDefault() is Command parent and not RootCommand ? $"{Path(parent)} {command.Name}" : $"bf {command.Name}";

    /// <summary>The tree of commands, or of one of them only.</summary>
    public static RootCommand Root(string? only = null)
    {
        var root = new RootCommand("bf measures market breadth: how many stocks take part in a move, and when a thrust begins.");
        foreach (var (name, make) in Commands)
        {
            // the others can't be meant: a command line that names one pays only for that one
            if (only is null || only == name)
            {
                root.Subcommands.Add(make());
            }
        }

        foreach (var option in GlobalOptions.All)
        {
            root.Options.Add(option);
        }

        Help.Install(root);
        return root;
    }
}
