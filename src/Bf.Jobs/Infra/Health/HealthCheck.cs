using Bf.Jobs.Config;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Infra.Health;

/// <summary>Asks services all at once how they are, by a round trip through each.</summary>
public static class HealthCheck
{
    /// <summary>How long a check takes at most: with the program's start it stays below ten seconds.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(9);

    /// <summary>The services that are asked where none is named: the usual ones, and of the others those that run, or have an address.</summary>
    public static IReadOnlyList<InfraService> Expected(IInfraProvider provider, Settings settings)
    {
        ArgumentNullException.ThrowIfNull(provider);
        var places = new Places(provider, settings);
        return [.. InfraService.All.Where(s => InfraService.Usual.Contains(s) || (places.IsExternal ? places.Unset(s) is null : provider.Has(s) && provider.Runs(s)))];
    }

    /// <summary>Asks them.</summary>
    /// <param name="provider">What runs them.</param>
    /// <param name="settings">How they are reached.</param>
    /// <param name="services">Which; what the provider does not have is <see cref="HealthState.NotApplicable"/>.</param>
    /// <param name="within">When all is over, whatever hangs.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="named">Whether a user named them: then one without an address is asked where it usually is.</param>
    /// <returns>One result a service, in the order of <see cref="InfraService.All"/>.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static IReadOnlyList<ServiceHealth> Run(IInfraProvider provider, Settings settings, IReadOnlyList<InfraService> services, TimeSpan within, TimeProvider clock, CancellationToken cancel, bool named = false)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(services);
        var places = new Places(provider, settings);
        var checks = InfraService.All.Where(services.Contains).Select(s => new ServiceCheck(s, provider, places, named, clock)).ToList();
        foreach (var check in checks)
        {
            check.Begin(within);
        }

        var all = Task.WhenAll(checks.Select(c => c.Task));
        try
        {
            all.WaitAsync(within, clock, cancel).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            // what hangs in spite of its deadline is left behind, on a thread that the process does not wait for
        }

        List<ServiceHealth> results = [.. checks.Select(c => c.Result(within))];
        foreach (var result in results.Where(r => r.State != HealthState.NotApplicable))
        {
            Instruments.ServiceUp.Record(result.State == HealthState.Healthy ? 1 : 0, result.Service);
            if (result.Latency is { } latency)
            {
                Instruments.ServiceLatency.Record(latency.TotalSeconds, result.Service);
            }
        }

        return results;
    }
}
