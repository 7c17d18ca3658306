namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra</c>.</summary>
internal sealed class InfraCommands : BfCommand
{
    public InfraCommands()
        : base("infra", "the services around bf (MinIO, Kafka, Elasticsearch, Kibana, Spark): start them, see how they are, stop them; with Docker, or as plain processes from their archives",
            "bf infra start", "bf infra status", "bf infra health", "bf infra logs kafka --follow", "bf infra urls", "bf infra stop")
    {
        Subcommands.Add(new InfraStartCommand());
        Subcommands.Add(new InfraStopCommand());
        Subcommands.Add(new InfraRestartCommand());
        Subcommands.Add(new InfraStatusCommand());
        Subcommands.Add(new InfraHealthCommand());
        Subcommands.Add(new InfraLogsCommand());
        Subcommands.Add(new InfraUrlsCommand());
        Subcommands.Add(new KibanaCommands());
    }
}
