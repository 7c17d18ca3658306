namespace Bf.Jobs.Infra.Docker;

/// <summary>A start by Compose, which knows itself what waits for what.</summary>
internal sealed class DockerStart(DockerProvider provider, IReadOnlyList<string> words) : IInfraStart
{
    private const int LastLines = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);
    private readonly CancellationTokenSource _ended = new();
    private Task<ProgramAnswer>? _up;

    public void Advance(Func<InfraService, bool> answers, CancellationToken cancel) => _up ??= Task.Run(() => provider.Compose(Patience, words, _ended.Token), CancellationToken.None);

    public string? Waiting(InfraService service) => _up is { IsCompleted: false } && !provider.Runs(service) ? "what it depends on" : null;

    public ServiceFailure? Failure(InfraService service)
    {
        if (_up is not { IsCompletedSuccessfully: true, Result: var answer } || provider.Runs(service))
        {
            return null;
        }

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
