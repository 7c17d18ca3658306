using System.CommandLine;
using Bf.Jobs.Infra;

namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra start</c>.</summary>
internal sealed class InfraStartCommand : BfCommand
{
    private readonly Argument<string[]> _services = InfraChoice.Services();
    private readonly Option<string?> _provider = InfraChoice.Provider();
    private readonly Option<string> _wait = InfraRun.Wait();
    private readonly Option<bool> _writeEnv = new("--write-env") { Description = "write the addresses into .env, in a block of their own; other lines stay" };

    public InfraStartCommand()
        : base("start", "start services and wait until each does what it is for; what runs stays, what died is started again. With --profile observe Prometheus, Grafana and Jaeger too (Docker)",
            "bf infra start", "bf infra start --wait 90 --write-env", "bf infra start minio spark", "bf infra start --profile observe", "bf infra start minio --provider native")
    {
        Arguments.Add(_services);
        Options.Add(_provider);
        Options.Add(_wait);
        Options.Add(_writeEnv);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var services = call.Named(_services);
        var wait = Durations.Parse(_wait.Name, call.Get(_wait)!);
        var control = call.ChooseControl(_provider);
        return new InfraRun(call, control).Start(call.Startable(control, call.Settings.Of("BF_PROFILE").Value == "observe" ? [.. services.Union(InfraService.Observing)] : services, call.Get(_services)!), wait, call.Get(_writeEnv));
    }
}
