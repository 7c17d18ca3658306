using Bf.Jobs.Config;

namespace Bf.Jobs.Infra;

/// <summary>Services that somebody else runs: bf knows where they are, and no more.</summary>
internal sealed class ExternalProvider(Settings settings, string reason) : IInfraProvider
{
    // the settings that give a service of others an address; what bf never speaks to itself is not known here
    private static readonly InfraService[] Spoken = [InfraService.Minio, InfraService.Kafka, InfraService.Elasticsearch, InfraService.Kibana, InfraService.SparkConnect];

    public string Name => "external";

    public string Reason => reason;

    public InfraPlaces Places { get; } = new(settings);

    public bool Has(InfraService service) => Spoken.Contains(service);

    public bool Runs(InfraService service) => true;
}
