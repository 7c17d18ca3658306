namespace Bf.Jobs.Infra.Docker;

/// <summary>A start by Compose, which knows itself what waits for what.</summary>
internal sealed class DockerStart(DockerProvider provider, IReadOnlyList<InfraService> services, Action<string> tell) : IInfraStart
{
    private const int LastLines = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    private readonly string[] _profile = services.Any(InfraService.Observing.Contains) ? ["--profile", "observe"] : [];
    // all of them without names, so that the one-shot jobs run too
    private readonly string[] _names = InfraService.Usual.All(services.Contains) ? [] : [.. services.Select(s => s.Name)];
    private readonly CancellationTokenSource _ended = new();
    private readonly Dictionary<InfraService, ServiceFailure> _failed = [];
    private Task<ProgramAnswer>? _up;

    public IReadOnlyList<InfraService> Services => services;

    public IReadOnlyList<Obstacle> Preflight() => provider.Preflight(services);

    public void Prepare(CancellationToken cancel)
    {
        if (services.All(provider.Runs))
        {
            return;
        }

        tell($"{provider.Tool} fetches images and makes containers; the first time takes minutes");
        var made = provider.Compose(Patience, [.. _profile, "up", "--no-start", .. _names], cancel);
        if (!made.Ok)
        {
            throw new JobException($"{provider.Tool} could not make the containers: {made.LastWord}. All that it says: {provider.Words([.. _profile, "up", "--no-start"])}");
        }
    }

    public void Advance(Func<InfraService, bool> answers, CancellationToken cancel) =>
        _up ??= Task.Run(() => provider.Compose(Patience, [.. _profile, "up", "-d", .. _names], _ended.Token), CancellationToken.None);

    public string? Waiting(InfraService service) => _up is { IsCompleted: false } && !provider.Runs(service) ? "what it depends on" : null;

    public ServiceFailure? Failure(InfraService service)
    {
        if (_up is not { IsCompletedSuccessfully: true, Result: var answer } || provider.Runs(service))
        {
            return null;
        }

        // asked for several times a second, and its log takes Compose about one
        return _failed.TryGetValue(service, out var known) ? known : _failed[service] = Explain(service, answer);
    }

    private ServiceFailure Explain(InfraService service, ProgramAnswer answer)
    {
        var lines = provider.LastLines(service, LastLines);
        return answer.Ok ? new($"{service.Name} ended while it started", lines, provider.Words("logs", service.Name))
            : new($"{service.Name} was not started: {answer.LastWord}", lines.Count > 0 ? lines : [.. answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(LastLines)], provider.Words("logs", service.Name));
    }

    public void Dispose()
    {
        _ended.Cancel();
        try
        {
            _up?.Wait();
        }
        catch (AggregateException)
        {
            // ended by us
        }

        _ended.Dispose();
    }
}
