namespace Bf.Jobs.Infra.Health;

/// <summary>How a service is.</summary>
public enum HealthState
{
    /// <summary>It did what it is for.</summary>
    Healthy,
    /// <summary>It is on its way: a process is there that does not answer yet.</summary>
    Starting,
    /// <summary>It does not answer, or answers wrongly.</summary>
    Down,
    /// <summary>There is none here, and that is right.</summary>
    NotApplicable,
}

/// <summary>What a round trip through a service found.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="State">How it is.</param>
/// <param name="Version">Its version, where it says it.</param>
/// <param name="Latency">How long the round trip took.</param>
/// <param name="Address">Where it was asked.</param>
/// <param name="Detail">What was done, or what went wrong; no secrets.</param>
/// <param name="Remedy">What to do when it is not healthy.</param>
public sealed record ServiceHealth(string Service, HealthState State, string? Version, TimeSpan? Latency, string Address, string Detail, string? Remedy);
