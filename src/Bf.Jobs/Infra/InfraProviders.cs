using Bf.Jobs.Config;
using Bf.Jobs.Infra.Docker;
using Bf.Jobs.Infra.Native;

namespace Bf.Jobs.Infra;

/// <summary>Chooses what runs the services.</summary>
public static class InfraProviders
{
    /// <summary>The names, as <c>--provider</c> takes them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["docker", "native", "external"];

    /// <summary>The provider: the one that is named, else the one whose services run, else what is there: Docker with a daemon, then archives, else external.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="option">The value of <c>--provider</c>, where it is given; else <c>BF_INFRA_PROVIDER</c> holds.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="cancel">Ends the questions to Docker.</param>
    /// <exception cref="JobException">There is no provider of that name, or the one that is named can't work here.</exception>
    public static IInfraProvider Choose(Settings settings, string? option, InfraMachine machine, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(machine);
        var named = settings.Of("BF_INFRA_PROVIDER");
        var (name, by) = option is not null ? (option, "--provider") : (named.Value, "BF_INFRA_PROVIDER");
        switch (name)
        {
            case null:
                return Found(settings, machine, cancel);
            case "docker":
                var found = DockerTools.Find(machine, cancel);
                return found.Tools is { } tools ? new DockerProvider(settings, machine, tools, $"as {by} says") : throw new JobException($"{by} names docker: {found.Missing}");
            case "native":
                var archives = new NativeArchives(settings, machine);
                return new NativeProvider(settings, machine, archives, $"as {by} says{After(archives.Missing)}");
            case "external":
                return new ExternalProvider(settings, $"as {by} says");
            default:
                throw new JobException($"{by}: there is no provider '{name}'; there are {string.Join(", ", Names)}");
        }
    }

    private static IInfraProvider Found(Settings settings, InfraMachine machine, CancellationToken cancel)
    {
        var archives = new NativeArchives(settings, machine);
        var native = new NativeProvider(settings, machine, archives, $"{archives.Found}{After(archives.Missing)}");
        if (native.AnyRuns)
        {
            return native.Because($"its services run from {native.Home.Folder}{After(archives.Missing)}");
        }

        var docker = DockerTools.Find(machine, cancel);
        return docker.Tools is { } tools ? new DockerProvider(settings, machine, tools, $"{tools.Version} is here and its daemon runs")
            : archives.Any ? native.Because($"{docker.Missing}; {archives.Found}{After(archives.Missing)}")
            : new ExternalProvider(settings, $"{docker.Missing}, and no archive is named ({archives.Missing}): bf starts nothing here, and knows only the addresses of the settings");
    }

    private static string After(string missing) => missing.Length == 0 ? "" : $". Not here: {missing}";
}
