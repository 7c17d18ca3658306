using Bf.Jobs.Config;
using Bf.Jobs.Infra.Health;

namespace Bf.Jobs.Infra;

/// <summary>Services that somebody else runs: bf knows where they are, and no more.</summary>
internal sealed class ExternalProvider(Settings settings, string reason) : IInfraProvider
{
    public string Name => "external";

    public string Reason => reason;

    public InfraPlaces Places { get; } = new(settings);

    public bool Has(InfraService service) => new Places(this, settings).Unset(service) is null;

    public bool Runs(InfraService service) => true;
}
