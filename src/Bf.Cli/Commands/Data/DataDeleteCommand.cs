using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Maintenance;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary><c>bf data delete</c>: a symbol's bars go.</summary>
internal sealed class DataDeleteCommand : BfCommand
{
    private readonly Argument<string> _symbol = new("SYMBOL") { Description = "the symbol" };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "do not ask" };
    private readonly Option<string> _interval = new("--interval") { Description = "length of a bar: 1d, 5m, ...", HelpName = "1d", DefaultValueFactory = _ => "1d" };

    public DataDeleteCommand()
        : base("delete", "remove a symbol's bars, in one commit; undone with bf table restore --before-run", "bf data delete TWTR", "bf data delete TWTR --yes")
    {
        Arguments.Add(_symbol);
        Options.Add(_yes);
        Options.Add(_interval);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var symbol = Bar.Normalize(call.Get(_symbol)!);
        var edit = new SymbolEdit(call.OpenLake(), Interval.Parse(call.Get(_interval)!), symbol, cancel: call.Cancel);
        var found = edit.Find();
        var what = $"{Count(found.Bars, "bar")} of {symbol}, {Timestamp.Format(found.FirstTs)} to {Timestamp.Format(found.LastTs)}";
        if (!call.Get(_yes) && !Agreed(what))
        {
            return ExitCode.Failed;
        }

        var (run, bars) = edit.Delete(call.Arguments);
        call.Out.Line($"deleted {what}; undo it with: bf table restore --before-run {run}");
        call.Out.Line("next: bf signals generate");
        call.Out.Document(() => new JsonObject { ["run"] = run, ["rows"] = bars, ["symbol"] = symbol });
        return ExitCode.Done;
    }

    /// <summary>Asks a person; a script has to say --yes.</summary>
    private static bool Agreed(string what)
    {
        if (Console.IsInputRedirected)
        {
            throw new UsageException($"this would delete {what}; say so with --yes");
        }

        Console.Error.Write($"delete {what}? [y/N] ");
        var agreed = Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
        if (!agreed)
        {
            Console.Error.WriteLine("nothing was deleted");
        }

        return agreed;
    }
}
