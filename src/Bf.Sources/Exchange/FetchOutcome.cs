using Bf.Sources.Fetch;

namespace Bf.Sources.Exchange;

/// <summary>What came of one symbol on a cluster: an answer, a failure, or a reason why it was not asked for.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Failure">Why there is none.</param>
/// <param name="NotAsked">Why it was not asked for.</param>
public sealed record FetchOutcome(string Symbol, SourceAnswer? Answer, SourceException? Failure = null, string? NotAsked = null)
{
    /// <summary>The rows that tell it, the last with their digest.</summary>
    public IEnumerable<FetchRow> ToRows()
    {
        var digest = new AnswerDigest();
        foreach (var (i, reading) in (Answer?.Rows ?? []).Index())
        {
            var row = FetchRow.Of(Symbol, i, reading);
            row.AddTo(ref digest);
            yield return row;
        }

        var end = Answer is not null ? FetchRow.Of(Symbol, Answer) : Failure is not null ? FetchRow.Of(Symbol, Failure) : FetchRow.Unasked(Symbol, NotAsked ?? "");
        end.AddTo(ref digest);
        yield return end with { Digest = digest.Value };
    }
}
