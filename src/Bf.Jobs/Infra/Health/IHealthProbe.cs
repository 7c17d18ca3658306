namespace Bf.Jobs.Infra.Health;

/// <summary>Has a service do what it is for, once, and leaves it as it was.</summary>
internal interface IHealthProbe
{
    /// <summary>Where the service is asked, as a user would write it; no secrets.</summary>
    string Address { get; }

    /// <summary>The host and port that are connected to.</summary>
    (string Host, int Port) Listens { get; }

    /// <summary>Asks.</summary>
    /// <param name="within">How long it may take.</param>
    /// <param name="cancel">Ends it then; what can't be ended is left behind.</param>
    /// <exception cref="ServiceDownException">It can't be reached, or can't do it now.</exception>
    /// <exception cref="JobException">It answers and refuses, or a setting is wrong; the message names the setting.</exception>
    Finding Ask(TimeSpan within, CancellationToken cancel);
}

/// <summary>What a healthy service told.</summary>
/// <param name="Version">Its version, where it says it.</param>
/// <param name="Detail">What was done.</param>
internal sealed record Finding(string? Version, string Detail);
