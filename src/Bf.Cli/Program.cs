using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Reflection;
using System.Text;
using Bf.Cli.Commands;

namespace Bf.Cli;

/// <summary>The command <c>bf</c>.</summary>
internal static class Program
{
    /// <summary>What the help of the command itself begins with.</summary>
    public static readonly string[] Examples =
    [
        "bf demo                                      ten minutes: real data, signals, a backtest, a report",
        "bf data import prices.csv                    your own bars into the lake",
        "bf signals generate                          breadth, thrusts and score",
        "bf signals summary                           how strong is breadth, and which thrusts were there?",
        "bf backtest run --signal zbt_ema             what buying them would have done",
        "bf query \"SELECT * FROM thrusts\"             anything else, in SQL",
    ];

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
            var parse = Root().Parse(args.Length == 0 ? ["--help"] : args);
            if (parse.Errors.Count > 0 && parse.Action is ParseErrorAction)
            {
                return WrongUsage(parse);
            }

            return parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = true }).GetAwaiter().GetResult();
        }
        finally
        {
            Console.Out.Flush();
        }
    }

    /// <summary>Says on stderr what is wrong, and what was meant perhaps.</summary>
    private static int WrongUsage(ParseResult parse)
    {
        var action = (ParseErrorAction)parse.Action!;
        action.ShowHelp = parse.Errors.All(e => e.SymbolResult is CommandResult { Command.Subcommands.Count: > 0 }) && parse.UnmatchedTokens.Count == 0;
        parse.Invoke(new InvocationConfiguration { Output = Console.Error, Error = Console.Error });
        return ExitCode.Usage;
    }

    /// <summary>The tree of commands.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("bf measures market breadth: how many stocks take part in a move, and when a thrust begins.")
        {
            new DemoCommand(),
            new DataCommands(),
            new SignalsCommands(),
            new BacktestCommands(),
            new QueryCommand(),
            new SymbolsCommands(),
            new ConfigCommands(),
            new CompletionCommand(),
        };
        foreach (var option in GlobalOptions.All)
        {
            root.Options.Add(option);
        }

        Help.Install(root);
        return root;
    }
}
