using Bf.Jobs.Config;

namespace Bf.Jobs.Infra.Native;

/// <summary>What stands in the way of native services.</summary>
internal static class NativePreflight
{
    public static IReadOnlyList<Obstacle> Check(IReadOnlyList<InfraService> services, NativeProvider provider, NativeArchives archives, Settings settings)
    {
        var starting = services.Where(s => !provider.Runs(s)).ToList();
        if (starting.Count == 0)
        {
            return [];
        }

        var elasticsearch = starting.Contains(InfraService.Elasticsearch);
        return
        [
            .. Preflight.Ports(starting, provider.Places),
            .. Preflight.Memory(Preflight.Wanted(starting, settings), Preflight.AvailableMemory()),
            .. Preflight.Disk(provider.Home.Folder, elasticsearch),
            .. elasticsearch ? Preflight.Maps(fatal: provider.Places.Host != "localhost") : [],
            .. elasticsearch && Environment.UserName == "root" && NativeCommands.IsPublished(archives.HomeOf(InfraService.Elasticsearch))
                ? (Obstacle[])[new("Elasticsearch does not run as root", "start it as another user, who owns ES_HOME and BF_INFRA_HOME", true)] : [],
        ];
    }
}
