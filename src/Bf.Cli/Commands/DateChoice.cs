using System.CommandLine;
using Bf.Core.Market;

namespace Bf.Cli.Commands;

/// <summary>The one date that a command is about, as an argument or by <c>--date</c>.</summary>
internal sealed class DateChoice
{
    private readonly Argument<string> _argument = new("DATE") { Description = "the date, YYYY-MM-DD (else the last)", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "" };
    private readonly Option<string?> _option = new("--date") { Description = "the date, as an option", HelpName = "YYYY-MM-DD" };

    /// <summary>Adds both ways to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_argument);
        command.Options.Add(_option);
    }

    /// <summary>The date as midnight; null when none is given.</summary>
    public long? Read(Invocation call) => (call.Get(_argument), call.Date(_option)) switch
    {
        ({ Length: > 0 }, not null) => throw new UsageException("give the date once: DATE or --date"),
        ({ Length: > 0 } text, null) => Timestamp.Of(Invocation.ParseDate("DATE", text)),
        var (_, date) => date,
    };
}
