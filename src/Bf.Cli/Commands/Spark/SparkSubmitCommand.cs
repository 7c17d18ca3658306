using System.CommandLine;

namespace Bf.Cli.Commands.Spark;

/// <summary><c>bf spark submit</c>: another command of bf with <c>--engine spark</c>, and with its progress on stderr wherever that goes.</summary>
internal sealed class SparkSubmitCommand : BfCommand
{
    private readonly Argument<string[]> _command = new("COMMAND") { Description = "a command that knows --engine, with its options", Arity = ArgumentArity.ZeroOrMore };

    public SparkSubmitCommand()
        : base("submit", "run a command on the Spark cluster: as with --engine spark, and told by stage how far it is. It stays until it is done; Ctrl-C ends it on the cluster too",
            "bf spark submit signals generate --universe all,sectors",
            "bf spark submit backtest grid --symbols AAPL --fast 2..400 --slow 20..1500 --no-statistics",
            "bf spark submit signals generate 2>>generate.log &")
    {
        Arguments.Add(_command);
        TreatUnmatchedTokensAsErrors = false; // they are the other command's
        SetAction(parse => Guarded.Run(parse, _ => Run(parse), CancellationToken.None)); // what is submitted hears of Ctrl-C itself
    }

    private static int Run(ParseResult parse)
    {
        string[] words = [.. parse.Tokens.Select(t => t.Value).SkipWhile(t => t != "submit").Skip(1)];
        string[] before = [.. parse.Tokens.Select(t => t.Value).TakeWhile(t => t != "submit").Where(t => t != "spark")];
        var submitted = Program.Root().Parse([.. before, .. words]);
        if (submitted.CommandResult.Command is not BfCommand command || !command.Options.Any(o => o.Name == "--engine"))
        {
            throw new UsageException($"{(words.Length == 0 ? "no command is named" : $"'{string.Join(' ', words.TakeWhile(w => !w.StartsWith('-')))}' is no command that runs on Spark")}; those are: {string.Join(", ", Able(Program.Root(), ""))}");
        }

        Progress.InLines = true;
        return Program.Run(Program.Root().Parse([.. before, .. words, "--engine", "spark"]));
    }

    private static IEnumerable<string> Able(Command command, string path) =>
        (command.Options.Any(o => o.Name == "--engine") ? [path.Trim()] : Array.Empty<string>()).Concat(command.Subcommands.SelectMany(c => Able(c, $"{path} {c.Name}")));
}
