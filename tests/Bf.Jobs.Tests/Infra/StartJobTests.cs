using Bf.Jobs.Infra;
using Bf.Jobs.Infra.Health;

namespace Bf.Jobs.Tests.Infra;

public sealed class StartJobTests
{
    [Fact]
    public void It_ends_as_soon_as_all_do_what_they_are_for()
    {
        using var start = new FakeStart(InfraService.Minio, InfraService.Kafka);
        var asked = 0;

        var (services, interrupted) = Job(s => s == InfraService.Kafka && Interlocked.Increment(ref asked) < 3 ? HealthState.Starting : HealthState.Healthy).Run(start, TimeSpan.FromMinutes(1), _ => { }, CancellationToken.None);

        Assert.False(interrupted);
        Assert.All(services, s => Assert.Equal(StartState.Healthy, s.State));
        Assert.All(services, s => Assert.NotNull(s.Took));
        Assert.Equal(3, asked);
    }

    [Fact]
    public void When_the_time_is_over_it_says_what_still_starts_and_what_waits()
    {
        using var start = new FakeStart(InfraService.Minio, InfraService.SparkMaster, InfraService.SparkWorker) { Waits = InfraService.SparkWorker };

        var (services, _) = Job(s => s == InfraService.Minio ? HealthState.Healthy : HealthState.Down).Run(start, TimeSpan.FromSeconds(0.5), _ => { }, CancellationToken.None);

        Assert.Equal([StartState.Healthy, StartState.Starting, StartState.Waiting], services.Select(s => s.State));
        Assert.Equal("waits for another", services[2].Detail);
    }

    [Fact]
    public void One_that_fails_holds_nobody_up()
    {
        using var start = new FakeStart(InfraService.Minio, InfraService.Kafka) { Fails = InfraService.Kafka };

        var (services, _) = Job(_ => HealthState.Healthy).Run(start, TimeSpan.FromMinutes(1), _ => { }, CancellationToken.None);

        Assert.Equal([StartState.Healthy, StartState.Failed], services.Select(s => s.State));
        Assert.Equal("the disk is full", services[1].Failure!.What);
    }

    [Fact]
    public void A_service_that_hangs_while_it_is_asked_holds_nobody_up_either()
    {
        using var start = new FakeStart(InfraService.Minio, InfraService.Kafka);
        using var hangs = new ManualResetEventSlim();

        var (services, _) = new StartJob((s, _) =>
        {
            if (s == InfraService.Kafka)
            {
                hangs.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
            }

            return Health(s, HealthState.Healthy);
        }, TimeProvider.System).Run(start, TimeSpan.FromSeconds(0.5), _ => { }, CancellationToken.None);

        hangs.Set();
        Assert.Equal([StartState.Healthy, StartState.Starting], services.Select(s => s.State));
    }

    [Fact]
    public void An_interrupt_gives_what_was_reached()
    {
        using var start = new FakeStart(InfraService.Minio, InfraService.Kafka);
        using var end = new CancellationTokenSource();

        var (services, interrupted) = Job(s => s == InfraService.Minio ? HealthState.Healthy : HealthState.Down).Run(
            start, TimeSpan.FromMinutes(1),
            standings =>
            {
                if (standings[0].State == StartState.Healthy)
                {
                    end.Cancel();
                }
            },
            end.Token);

        Assert.True(interrupted);
        Assert.Equal([StartState.Healthy, StartState.Starting], services.Select(s => s.State));
    }

    private static StartJob Job(Func<InfraService, HealthState> state) => new((s, _) => Health(s, state(s)), TimeProvider.System);

    private static ServiceHealth Health(InfraService service, HealthState state) => new(service.Name, state, null, null, "", "", null);

    private sealed class FakeStart(params InfraService[] services) : IInfraStart
    {
        public InfraService? Waits { get; init; }

        public InfraService? Fails { get; init; }

        public IReadOnlyList<InfraService> Services => services;

        public IReadOnlyList<Obstacle> Preflight() => [];

        public void Prepare(CancellationToken cancel)
        {
        }

        public void Advance(Func<InfraService, bool> answers, CancellationToken cancel)
        {
        }

        public string? Waiting(InfraService service) => service == Waits ? "another" : null;

        public ServiceFailure? Failure(InfraService service) => service == Fails ? new("the disk is full", [], "") : null;

        public void Dispose()
        {
        }
    }
}
