using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Maintenance;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary><c>bf data rename</c>: a symbol's bars under another name.</summary>
internal sealed class DataRenameCommand : BfCommand
{
    private readonly Argument<string> _old = new("OLD") { Description = "the symbol as it is" };
    private readonly Argument<string> _new = new("NEW") { Description = "the symbol as it is to be" };
    private readonly Option<string?> _from = new("--start-date", "--from-date", "--from") { Description = "only bars from this date on", HelpName = "YYYY-MM-DD" };
    private readonly Option<string> _interval = new("--interval") { Description = "length of a bar: 1d, 5m, ...", HelpName = "1d", DefaultValueFactory = _ => "1d" };

    public DataRenameCommand()
        : base("rename", "give a symbol's bars another symbol, in one commit; undone with bf table restore --before-run",
            "bf data rename FB META", "bf data rename A B --start-date 2024-01-02")
    {
        Arguments.Add(_old);
        Arguments.Add(_new);
        Options.Add(_from);
        Options.Add(_interval);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var (old, to) = (Bar.Normalize(call.Get(_old)!), Bar.Normalize(call.Get(_new)!));
        if (old == to)
        {
            throw new UsageException($"{old} is its name already");
        }

        var (run, bars) = new SymbolEdit(call.OpenLake(), Interval.Parse(call.Get(_interval)!), old, call.Date(_from), call.Cancel).Rename(to, call.Arguments);
        call.Out.Line($"{Count(bars, "bar")} of {old} are now of {to}; undo it with: bf table restore --before-run {run}");
        call.Out.Line("next: bf signals generate");
        call.Out.Document(() => new JsonObject { ["run"] = run, ["rows"] = bars, ["symbol"] = old, ["to"] = to });
        return ExitCode.Done;
    }
}
