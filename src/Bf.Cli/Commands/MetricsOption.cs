using System.CommandLine;
using Bf.Jobs.Lake;
using Bf.Jobs.Telemetry;
using Bf.Jobs.Telemetry.Prometheus;

namespace Bf.Cli.Commands;

/// <summary><c>--metrics-port</c> of commands that run for long: Prometheus reads their metrics there.</summary>
internal sealed class MetricsOption
{
    private const int MostPort = 65_535;
    private readonly Option<int?> _port = new("--metrics-port") { Description = "serve metrics to Prometheus at http://127.0.0.1:N/metrics (BIND_ADDRESS) while it runs; 0: any port that is free", HelpName = "N" };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_port);

    /// <summary>Begins to serve, where it was asked for; before anything is counted.</summary>
    /// <param name="call">The call.</param>
    /// <param name="lake">The lake whose state is given out, too; null for none.</param>
    public MetricsServer? Open(Invocation call, DataLake? lake = null) => Open(call, () => lake);

    /// <summary>The same for a command that needs no lake otherwise: it is opened where metrics are asked for.</summary>
    public MetricsServer? Open(Invocation call, Func<DataLake?> open)
    {
        if (call.Get(_port) is not { } port)
        {
            return null;
        }

        if (port is < 0 or > MostPort)
        {
            throw new UsageException($"--metrics-port: write a number from 1 to {MostPort}, or 0 for any port that is free");
        }

        var lake = open();
        var server = MetricsServer.Start(call.Settings.Of("BIND_ADDRESS").Value!, port, Program.Version, call.Clock);
        if (lake is not null)
        {
            LakeGauges.Observe(lake);
        }

        if (port == 0 || !call.Out.Quiet)
        {
            Console.Error.WriteLine($"metrics: {server.Address}");
        }

        return server;
    }
}
