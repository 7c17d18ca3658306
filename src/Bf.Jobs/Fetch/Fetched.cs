using Bf.Core.Market;
using Bf.Sources;
using Bf.Sources.Fetch;

namespace Bf.Jobs.Fetch;

/// <summary>A symbol's answer, or why there is none.</summary>
/// <param name="Plan">What was to be asked.</param>
/// <param name="Answer">The answer, without what the lake has already; null when there is none.</param>
/// <param name="Readjusted">Whether the past had changed.</param>
/// <param name="Failure">Why there is no answer.</param>
/// <param name="NotAsked">Why the symbol was not asked for.</param>
internal sealed record Fetched(SymbolPlan Plan, SourceAnswer? Answer, bool Readjusted = false, SourceException? Failure = null, string? NotAsked = null)
{
    /// <summary>What an answer to what was missing comes to; null where the past changed, so that the whole history has to be asked for.</summary>
    public static Fetched? Of(SymbolPlan plan, SourceAnswer answer) =>
        Overlap.IsReadjusted(answer.Rows, plan.Stored) ? null
        : answer is { Rows.Count: 0, Unfinished: 0 } && plan.Held is null && plan.Missing.From is null
            ? new(plan, null, Failure: new(SourceFailure.NotFound, $"the source has no bars of {plan.Symbol}. Is it spelled as the source spells it?"))
            : new(plan, answer with { Rows = Overlap.News(answer.Rows, plan.Stored) });

    /// <summary>What an answer with the whole history comes to.</summary>
    public static Fetched OfWhole(SymbolPlan plan, SourceAnswer answer) =>
        new(plan, answer with { Note = answer.Note ?? StaysBehind(answer, plan.Held!) }, Readjusted: true);

    private static string? StaysBehind(SourceAnswer answer, Held held)
    {
        var first = answer.Rows.Where(r => r.Broken is null).Select(r => r.Bar.Ts).DefaultIfEmpty(long.MaxValue).Min();
        return first <= held.FirstTs ? null : $"the source begins at {Timestamp.Format(first)}: the bars from {Timestamp.Format(held.FirstTs)} on until then keep their old adjustment";
    }
}
