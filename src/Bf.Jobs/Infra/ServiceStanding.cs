using Bf.Jobs.Infra.Health;

namespace Bf.Jobs.Infra;

/// <summary>How far a service is in a start.</summary>
public enum StartState
{
    /// <summary>It is not started yet: something else has to answer first.</summary>
    Waiting,
    /// <summary>It is there, and does not do its work yet.</summary>
    Starting,
    /// <summary>It did what it is for.</summary>
    Healthy,
    /// <summary>It will not come up.</summary>
    Failed,
}

/// <summary>A service in a start.</summary>
/// <param name="Service">Which.</param>
/// <param name="State">How far it is.</param>
/// <param name="Took">How long it took to be healthy, from the beginning of the start.</param>
/// <param name="Detail">What it waits for, or what is not right yet.</param>
/// <param name="Health">What the last round trip found.</param>
/// <param name="Failure">Why it will not come up.</param>
public sealed record ServiceStanding(InfraService Service, StartState State, TimeSpan? Took, string Detail, ServiceHealth? Health, ServiceFailure? Failure);
