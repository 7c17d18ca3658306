using Bf.Core.Market;
using Bf.Sources;
using Bf.Sources.Fetch;

namespace Bf.Jobs.Fetch;

/// <summary>A symbol's answer, or why there is none.</summary>
/// <param name="Plan">What was to be asked.</param>
/// <param name="Answer">The answer, without what the lake has already; null when there is none.</param>
/// <param name="Readjusted">Whether the past had changed.</param>
/// <param name="Failure">Why there is no answer.</param>
internal sealed record Fetched(SymbolPlan Plan, SourceAnswer? Answer, bool Readjusted = false, SourceException? Failure = null);

/// <summary>Asks a source for one symbol; where the past changed, for its whole history.</summary>
internal sealed class SymbolFetcher(IBarSource source, Interval interval)
{
    public async Task<Fetched> Fetch(SymbolPlan plan, CancellationToken cancel)
    {
        try
        {
            var answer = await Ask(plan.Missing).ConfigureAwait(false);
            if (!Overlap.IsReadjusted(answer.Rows, plan.Stored))
            {
                return answer is { Rows.Count: 0, Unfinished: 0 } && plan.Held is null && plan.Missing.From is null
                    ? throw new SourceException(SourceFailure.NotFound, $"the source has no bars of {plan.Symbol}. Is it spelled as the source spells it?")
                    : new(plan, answer with { Rows = Overlap.News(answer.Rows, plan.Stored) });
            }

            answer = await Ask(plan.Missing.WithAll(plan.Held!)).ConfigureAwait(false);
            return new(plan, answer with { Note = answer.Note ?? StaysBehind(answer, plan.Held!) }, Readjusted: true);
        }
        catch (SourceException e)
        {
            return new(plan, null, Failure: e);
        }

        Task<SourceAnswer> Ask(Missing range) => source.Fetch(new(plan.Symbol, range.From, range.To, interval), cancel);
    }

    private static string? StaysBehind(SourceAnswer answer, Held held)
    {
        var first = answer.Rows.Where(r => r.Broken is null).Select(r => r.Bar.Ts).DefaultIfEmpty(long.MaxValue).Min();
        return first <= held.FirstTs ? null : $"the source begins at {Timestamp.Format(first)}: the bars from {Timestamp.Format(held.FirstTs)} on until then keep their old adjustment";
    }
}
