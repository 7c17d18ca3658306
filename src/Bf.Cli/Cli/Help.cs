using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Bf.Cli;

/// <summary>Help that begins with examples.</summary>
internal sealed class Help(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Puts this help in place of the usual one.</summary>
    public static void Install(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new Help((HelpAction)option.Action!);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.CommandResult.Command is BfCommand { Examples.Length: > 0 } command)
        {
            Print(command.Examples);
        }
        else if (parseResult.CommandResult.Command is RootCommand)
        {
            Print(Program.Examples);
        }

        parseResult.CommandResult.Command.TreatUnmatchedTokensAsErrors = true; // else the usage speaks of "the application that is being run"
        return usual.Invoke(parseResult);
    }

    private static void Print(string[] examples)
    {
        Console.Out.WriteLine("Examples:");
        foreach (var example in examples)
        {
            Console.Out.WriteLine($"  {example}");
        }

        Console.Out.WriteLine();
    }
}
