using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Jobs.Infra;

namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra stop</c>.</summary>
internal sealed class InfraStopCommand : BfCommand
{
    private readonly Argument<string[]> _services = InfraChoice.Services();
    private readonly Option<string?> _provider = InfraChoice.Provider();
    private readonly Option<bool> _volumes = new("--volumes") { Description = "delete all data and logs of the services too: asks first" };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "do not ask" };

    public InfraStopCommand()
        : base("stop", "stop services, all at once; their data stay for the next start", "bf infra stop", "bf infra stop kafka", "bf infra stop --volumes", "bf infra stop --volumes --yes")
    {
        Arguments.Add(_services);
        Options.Add(_provider);
        Options.Add(_volumes);
        Options.Add(_yes);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        string[] names = call.Get(_services)!;
        var services = names.Length == 0 ? InfraService.All : call.Named(_services);
        var volumes = call.Get(_volumes);
        if (volumes && names.Length > 0)
        {
            throw new UsageException("--volumes deletes the data of all services; name none");
        }

        var control = call.ChooseControl(_provider);
        if (volumes && !call.Get(_yes) && !Agreed(call, control))
        {
            Console.Error.WriteLine("nothing was stopped or deleted");
            return ExitCode.Failed;
        }

        var stopped = control.Stop(services, text => Console.Error.WriteLine(text), call.Cancel);
        if (volumes)
        {
            control.Remove(call.Cancel);
        }

        call.Out.Line(stopped.Count == 0 ? "nothing ran" : $"stopped: {string.Join(", ", stopped.Select(s => s.Name))}");
        if (volumes || stopped.Count > 0)
        {
            call.Out.Line(volumes ? $"deleted: {control.Volumes}" : $"kept: {control.Volumes}; bf infra stop --volumes deletes that too");
        }

        call.Out.Document(() => new JsonObject
        {
            ["provider"] = control.Name, ["stopped"] = new JsonArray([.. stopped.Select(s => (JsonNode)s.Name)]), ["deleted"] = volumes ? control.Volumes : null,
        });
        return ExitCode.Done;
    }

    private static bool Agreed(Invocation call, IInfraControl control)
    {
        if (Console.IsInputRedirected || call.Out.Json)
        {
            throw new UsageException($"--volumes deletes {control.Volumes}; say --yes where nobody can be asked");
        }

        Console.Error.Write($"delete {control.Volumes}, for good? [y/N] ");
        return Console.In.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
