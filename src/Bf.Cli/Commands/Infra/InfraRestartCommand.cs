using System.CommandLine;
using Bf.Jobs.Infra;

namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra restart</c>.</summary>
internal sealed class InfraRestartCommand : BfCommand
{
    private readonly Argument<string[]> _services = InfraChoice.Services();
    private readonly Option<string?> _provider = InfraChoice.Provider();
    private readonly Option<string> _wait = InfraRun.Wait();

    public InfraRestartCommand()
        : base("restart", "stop services and start them again, with the settings as they are now: those that run, or those that are named; data stay",
            "bf infra restart", "bf infra restart spark", "bf infra restart elasticsearch --wait 60")
    {
        Arguments.Add(_services);
        Options.Add(_provider);
        Options.Add(_wait);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        string[] names = call.Get(_services)!;
        var named = call.Named(_services);
        var wait = Durations.Parse(_wait.Name, call.Get(_wait)!);
        var control = call.ChooseControl(_provider);
        IReadOnlyList<InfraService> running = names.Length > 0 ? named : [.. InfraService.All.Where(s => control.Has(s) && control.Runs(s))];
        var services = call.Startable(control, running.Count > 0 ? running : named, names);
        control.Stop(services, text => Console.Error.WriteLine(text), call.Cancel);
        return new InfraRun(call, control).Start(services, wait, writeEnv: false);
    }
}
