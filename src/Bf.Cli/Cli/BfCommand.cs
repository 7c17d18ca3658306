using System.CommandLine;

namespace Bf.Cli;

/// <summary>A command with examples, which its help begins with.</summary>
internal class BfCommand : Command
{
    public BfCommand(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    /// <summary>Command lines that a reader can copy.</summary>
    public string[] Examples { get; }

    /// <summary>Sets what the command does; errors become exit codes in one place.</summary>
    protected void Do(Func<Invocation, int> work) =>
        SetAction(parse =>
        {
            using var interrupt = new Interrupt();
            return Guarded.Run(parse, work, interrupt.Token);
        });
}
