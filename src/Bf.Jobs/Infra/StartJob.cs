using Bf.Jobs.Infra.Health;

namespace Bf.Jobs.Infra;

/// <summary>Starts services and waits until each has done what it is for, or failed, or the time is over.</summary>
/// <param name="check">A round trip through a service.</param>
/// <param name="clock">The time.</param>
public sealed class StartJob(Func<InfraService, CancellationToken, ServiceHealth> check, TimeProvider clock)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100), Again = TimeSpan.FromMilliseconds(400);

    /// <summary>Starts what is not there and waits.</summary>
    /// <param name="start">The start, open and prepared.</param>
    /// <param name="wait">How long to wait.</param>
    /// <param name="show">Is shown how far each service is, again and again.</param>
    /// <param name="cancel">Ends the wait; what was started stays.</param>
    /// <returns>How far each is at the end, and whether the wait was ended by <paramref name="cancel"/>.</returns>
    public (IReadOnlyList<ServiceStanding> Services, bool Interrupted) Run(IInfraStart start, TimeSpan wait, Action<IReadOnlyList<ServiceStanding>> show, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(show);
        var (began, backoff) = (clock.GetTimestamp(), new Backoff(clock));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var watched = start.Services.Select(s => new Watched(s)).ToList();
        var standings = watched.ConvertAll(w => w.Standing(start));
        try
        {
            while (true)
            {
                start.Advance(s => watched.Exists(w => w.Service == s && w.Healthy is not null), cancel);
                foreach (var one in watched.Where(w => w.Healthy is null && start.Waiting(w.Service) is null && start.Failure(w.Service) is null))
                {
                    one.Look(s => check(s, over.Token), clock, began);
                }

                standings = watched.ConvertAll(w => w.Standing(start));
                show(standings);
                if (standings.TrueForAll(s => s.State is StartState.Healthy or StartState.Failed) || clock.GetElapsedTime(began) >= wait)
                {
                    return (standings, false);
                }

                backoff.Wait(Step, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return (standings, true);
        }
        finally
        {
            over.Cancel();
        }
    }

    /// <summary>A service that is asked again and again, on a thread of its own: one that hangs holds nobody up.</summary>
    private sealed class Watched(InfraService service)
    {
        private Task<ServiceHealth>? _asking;
        private ServiceHealth? _last;
        private long _answered;

        public InfraService Service => service;

        public TimeSpan? Healthy { get; private set; }

        public void Look(Func<InfraService, ServiceHealth> check, TimeProvider clock, long began)
        {
            if (_asking is { IsCompleted: true })
            {
                _last = _asking.IsCompletedSuccessfully ? _asking.Result : _last;
                Healthy = _last?.State == HealthState.Healthy ? clock.GetElapsedTime(began) : null;
                (_asking, _answered) = (null, clock.GetTimestamp());
            }
            else if (_asking is null && (_answered == 0 || clock.GetElapsedTime(_answered) > Again))
            {
                _asking = Task.Factory.StartNew(() => check(service), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
        }

        public ServiceStanding Standing(IInfraStart start) =>
            start.Failure(service) is { } failure ? new(service, StartState.Failed, null, failure.What, _last, failure)
            : Healthy is { } took ? new(service, StartState.Healthy, took, "", _last, null)
            : start.Waiting(service) is { } other ? new(service, StartState.Waiting, null, $"waits for {other}", null, null)
            : new(service, StartState.Starting, null, _last?.Detail ?? "", _last, null);
    }
}
