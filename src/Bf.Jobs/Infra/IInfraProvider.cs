namespace Bf.Jobs.Infra;

/// <summary>What runs the services: Docker Compose, plain processes of this machine, or somebody else.</summary>
public interface IInfraProvider
{
    /// <summary><c>docker</c>, <c>native</c> or <c>external</c>.</summary>
    string Name { get; }

    /// <summary>Why it is this one: what was found, for the first line that a user sees.</summary>
    string Reason { get; }

    /// <summary>Where the services are.</summary>
    InfraPlaces Places { get; }

    /// <summary>Whether it can have this service: natively there is no Kibana.</summary>
    bool Has(InfraService service);

    /// <summary>Whether there is a process or a container of the service that runs, whether or not it answers; an external service's is not known, hence true.</summary>
    bool Runs(InfraService service);
}
