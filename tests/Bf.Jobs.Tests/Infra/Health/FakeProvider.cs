using Bf.Jobs.Config;
using Bf.Jobs.Infra;

namespace Bf.Jobs.Tests.Infra.Health;

/// <summary>A provider whose services are what the test says.</summary>
internal sealed class FakeProvider(Settings settings, string name = "external") : IInfraProvider
{
    public string Name => name;

    public string Reason => "as the test says";

    public InfraPlaces Places { get; } = new(settings);

    /// <summary>What there is none of.</summary>
    public HashSet<InfraService> Lacking { get; init; } = [];

    /// <summary>What has a process.</summary>
    public HashSet<InfraService> Running { get; init; } = [];

    public bool Has(InfraService service) => !Lacking.Contains(service);

    public bool Runs(InfraService service) => Running.Contains(service);
}
