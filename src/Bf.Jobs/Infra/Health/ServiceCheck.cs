using Bf.Jobs.Config;

namespace Bf.Jobs.Infra.Health;

/// <summary>Asks one service, on a thread of its own, and says what its answer or its silence means.</summary>
internal sealed class ServiceCheck(InfraService service, IInfraProvider provider, Places places, bool named, TimeProvider clock)
{
    // of the time that there is: the rest serves to find out why nothing came
    private const double ForProbe = 0.85, ForLook = 0.1;

    private readonly TaskCompletionSource<ServiceHealth> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string _address = "";

    /// <summary>Is over with the result.</summary>
    public Task<ServiceHealth> Task => _result.Task;

    /// <summary>Begins.</summary>
    public void Begin(TimeSpan within) => new Thread(() =>
    {
        try
        {
            _result.SetResult(Check(within));
        }
        catch (Exception e)
        {
            _result.SetResult(Of(HealthState.Down, HealthPage.Brief(e.Message), Logs));
        }
    }) { IsBackground = true, Name = $"health {service.Name}" }.Start();

    /// <summary>What was found; or that nothing was, by now.</summary>
    public ServiceHealth Result(TimeSpan within) =>
        _result.Task.IsCompletedSuccessfully ? _result.Task.Result : Of(HealthState.Down, $"no answer within {within.TotalSeconds:0.#} s: it hangs", Restart);

    private string Start => places.IsExternal ? $"is it running? Its address is the setting {Places.AddressSetting(service)}" : $"bf infra start {service.Name}";

    private string Restart => places.IsExternal ? $"see the service's own log, or start it anew; its address is the setting {Places.AddressSetting(service)}" : $"bf infra logs {service.Name}, then bf infra restart {service.Name}";

    private string Logs => places.IsExternal ? "see the service's own log" : $"bf infra logs {service.Name}";

    private ServiceHealth Check(TimeSpan within)
    {
        if (!places.IsExternal && !provider.Has(service))
        {
            return Of(HealthState.NotApplicable, (provider as IInfraControl)?.Lacking(service) ?? $"there is none with the provider {provider.Name}", null);
        }

        if (!named && places.Unset(service) is { } setting)
        {
            return Of(HealthState.NotApplicable, $"no address is set ({setting})", null);
        }

        IHealthProbe probe;
        try
        {
            probe = HealthProbes.Of(service, places, clock);
        }
        catch (JobException e)
        {
            return Of(HealthState.Down, e.Message, "correct the setting; bf config show lists them");
        }

        _address = probe.Address;
        var (start, patience) = (clock.GetTimestamp(), within * ForProbe);
        using var limit = new CancellationTokenSource(patience, clock);
        try
        {
            var found = probe.Ask(patience, limit.Token);
            return new(service.Name, HealthState.Healthy, found.Version, clock.GetElapsedTime(start), _address, found.Detail, null);
        }
        catch (WaitsForException e)
        {
            return Of(HealthState.Down, e.Message, places.IsExternal ? $"see {e.Other.Name}" : $"bf infra start {e.Other.Name}{(e.Other == InfraService.SparkWorker ? "; bf spark jobs says what runs" : "")}");
        }
        catch (JobException e)
        {
            return Of(HealthState.Down, e.Message, Setting.All.Any(s => s.Name.Contains('_', StringComparison.Ordinal) && e.Message.Contains(s.Name, StringComparison.Ordinal)) ? "correct the setting; bf config show lists them" : Logs);
        }
        catch (Exception e)
        {
            var isLate = limit.IsCancellationRequested || e is OperationCanceledException;
            return Explain(probe, patience, isLate ? null : e, Port.Look(probe.Listens, within * ForLook));
        }
    }

    /// <summary>What it means that nothing came, or an error.</summary>
    private ServiceHealth Explain(IHealthProbe probe, TimeSpan patience, Exception? error, PortLook look)
    {
        var (host, port) = probe.Listens;
        var why = look switch
        {
            PortLook.Refuses => $"nothing listens at {host}:{port}",
            PortLook.Unreachable => $"{host}:{port} takes no connection: it hangs, or the way there is blocked",
            _ when error is null => $"it takes connections and does not answer within {patience.TotalSeconds:0.#} s: it hangs",
            _ => HealthPage.Brief(error.Message),
        };
        return places.IsExternal ? Of(HealthState.Down, why, look is PortLook.Accepts ? Restart : Start)
            : !provider.Runs(service) ? Of(HealthState.Down, why, Start)
            : error is NotReadyException || (error is not null && look is PortLook.Refuses or PortLook.Closes) ? Of(HealthState.Starting, why, $"wait a moment, or see bf infra logs {service.Name}")
            : Of(HealthState.Down, why, Restart);
    }

    private ServiceHealth Of(HealthState state, string detail, string? remedy) => new(service.Name, state, null, null, _address, detail, remedy);
}
