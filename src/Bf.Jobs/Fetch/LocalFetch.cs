using System.Threading.Channels;
using Bf.Sources.Fetch;

namespace Bf.Jobs.Fetch;

/// <summary>Asks for symbols side by side from this process, and gives their answers as they come.</summary>
internal sealed class LocalFetch(FetchRequest request) : IFetchEngine
{
    private readonly Patience _patience = new();

    /// <inheritdoc/>
    public IEnumerable<Fetched> Fetch(IReadOnlyList<SymbolPlan> plans, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var answers = Channel.CreateBounded<Fetched>(2 * request.Parallel);
        var asking = Ask(plans, answers.Writer, stop.Token);
        try
        {
            // when it is cancelled, what was answered whole is still given
            foreach (var fetched in answers.Reader.ReadAllAsync(CancellationToken.None).ToBlockingEnumerable(CancellationToken.None))
            {
                yield return fetched;
            }
        }
        finally
        {
            stop.Cancel(); // when a commit failed, nobody waits for the rest
            asking.GetAwaiter().GetResult();
        }
    }

    private async Task Ask(IReadOnlyList<SymbolPlan> plans, ChannelWriter<Fetched> answers, CancellationToken cancel)
    {
        var fetcher = new SymbolFetcher(request.Bars, request.Interval);
        Exception? failure = null;
        try
        {
            await Parallel.ForEachAsync(plans, new ParallelOptions { MaxDegreeOfParallelism = request.Parallel, CancellationToken = cancel }, async (plan, end) =>
            {
                var fetched = _patience.Ended is { } reason ? new(plan, null, NotAsked: reason) : await fetcher.Fetch(plan, end).ConfigureAwait(false);
                if (fetched.NotAsked is null)
                {
                    _patience.Met(fetched.Failure);
                }

                await answers.WriteAsync(fetched, end).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failure = e;
        }
        catch (OperationCanceledException)
        {
            // whoever cancelled says so
        }

        answers.Complete(failure);
    }
}
