namespace Bf.Jobs.Infra.Docker;

/// <summary>What of Docker is here: a daemon that runs, and Compose in one of its two forms.</summary>
/// <param name="Compose">The words that a call of Compose begins with: <c>docker compose</c>, or <c>docker-compose</c>.</param>
/// <param name="Docker">The client.</param>
/// <param name="Version">Compose's name with its version.</param>
/// <param name="Classic">Whether it is the Compose of before version 2, which knows fewer options.</param>
internal sealed record DockerTools(IReadOnlyList<string> Compose, string Docker, string Version, bool Classic)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Looks for Docker; else says what is missing, with the remedy.</summary>
    public static (DockerTools? Tools, string Missing) Find(InfraMachine machine, CancellationToken cancel)
    {
        if (machine.Program("docker") is not { } docker)
        {
            return (null, "Docker is not installed");
        }

        var daemon = ProgramCall.Run(machine, Patience, docker, ["info", "--format", "{{.ServerVersion}}"], cancel);
        if (!daemon.Ok)
        {
            return (null, daemon.Error.Contains("permission denied", StringComparison.OrdinalIgnoreCase)
                ? "Docker's daemon may not be used by this user (sudo usermod -aG docker $USER, then log in anew)"
                : "docker is installed, but its daemon does not run (start it: sudo systemctl start docker, or open Docker Desktop)");
        }

        var plugin = ProgramCall.Run(machine, Patience, docker, ["compose", "version", "--short"], cancel);
        if (plugin.Ok)
        {
            return (new([docker, "compose"], docker, $"docker compose {plugin.Out.Trim()}", false), "");
        }

        if (machine.Program("docker-compose") is { } own && ProgramCall.Run(machine, Patience, own, ["version", "--short"], cancel) is { Ok: true } version)
        {
            return (new([own], docker, $"docker-compose {version.Out.Trim()}", version.Out.TrimStart().TrimStart('v').StartsWith("1.", StringComparison.Ordinal)), "");
        }

        return (null, "Docker runs, but has neither docker compose nor docker-compose (install the package docker-compose-plugin)");
    }
}
