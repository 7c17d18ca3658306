using System.CommandLine;
using Bf.Jobs.Infra;
using Bf.Jobs.Infra.Health;

namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra health</c>.</summary>
internal sealed class InfraHealthCommand : BfCommand
{
    private const string UsualPause = "5s";

    private readonly Argument<string[]> _services = InfraChoice.Services();
    private readonly Option<string?> _provider = InfraChoice.Provider();
    private readonly Option<string?> _watch = new("--watch") { Description = $"ask again and again until Ctrl-C, with this pause between (else {UsualPause})", HelpName = "TIME", Arity = ArgumentArity.ZeroOrOne };
    private readonly MetricsOption _metrics = new();

    public InfraHealthCommand()
        : base("health", "has each service do what it is for, all at once: an object put, got and deleted; a message produced and consumed; a document indexed and found; rows counted by Spark. Exit 3 when one is down, or still starts",
            "bf infra health", "bf infra health kafka spark", "bf infra health --watch 10s", "bf infra health --watch --metrics-port 9465", "bf infra health --json")
    {
        Arguments.Add(_services);
        Options.Add(_provider);
        Options.Add(_watch);
        _metrics.AddTo(this);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var named = call.Get(_services) is { Length: > 0 };
        var asked = call.Named(_services);
        TimeSpan? pause = call.Has(_watch) ? Durations.Parse("--watch", call.Get(_watch) ?? UsualPause) : null;
        using var metrics = _metrics.Open(call, () => pause is null ? throw new UsageException("--metrics-port serves while a command runs for long: say --watch too") : call.OpenLake());
        var provider = call.ChooseProvider(_provider);
        var services = named ? asked : HealthCheck.Expected(provider, call.Settings);
        var screen = new HealthScreen(call.Out, provider.Name, pause is not null, call.Clock);
        while (true)
        {
            try
            {
                screen.Show(HealthCheck.Run(provider, call.Settings, services, HealthCheck.Longest, call.Clock, call.Cancel, named));
                if (pause is null)
                {
                    return screen.Code;
                }

                Task.Delay(pause.Value, call.Clock, call.Cancel).GetAwaiter().GetResult();
            }
            catch (OperationCanceledException) when (screen.HasShown)
            {
                return screen.Code; // Ctrl-C is how a watch ends: what was seen last counts
            }
        }
    }
}
