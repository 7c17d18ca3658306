using System.CommandLine;
using Bf.Sources;

namespace Bf.Cli.Commands.Data;

/// <summary><c>--dates</c>: the order of dates like 01/02/2024.</summary>
internal sealed class DateOrderOption
{
    public DateOrderOption() => Option.AcceptOnly("mdy", "dmy");

    public Option<string?> Option { get; } = new("--dates") { Description = "order of dates like 01/02/2024, where the file can't tell", HelpName = "mdy|dmy" };

    public DateOrder Read(Invocation call) => call.Get(Option) switch { "mdy" => DateOrder.MonthFirst, "dmy" => DateOrder.DayFirst, _ => DateOrder.Unknown };
}
