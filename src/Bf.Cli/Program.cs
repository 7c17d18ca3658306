using System.CommandLine;
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
            var parse = Root().Parse(args);
            var code = parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = true }).GetAwaiter().GetResult();
            return parse.Errors.Count > 0 ? ExitCode.Usage : code;
        }
        finally
        {
            Console.Out.Flush();
        }
    }

    /// <summary>The tree of commands.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("bf measures market breadth: how many stocks take part in a move, and when a thrust begins.")
        {
            new DataCommands(),
            new SignalsCommands(),
            new BacktestCommands(),
            new QueryCommand(),
            new SymbolsCommands(),
            new ConfigCommands(),
        };
        foreach (var option in GlobalOptions.All)
        {
            root.Options.Add(option);
        }

        Help.Install(root);
        return root;
    }
}
