using Bf.Core.Market;

namespace Bf.Sources.Fetch;

/// <summary>What a source answered: finished bars only, since a bar that still changes must not stand in the lake.</summary>
/// <param name="Rows">The rows of the range, numbered from 1; those that are no bar name the rule they break.</param>
public sealed record SourceAnswer(IReadOnlyList<BarReading> Rows)
{
    /// <summary>Places without a price.</summary>
    public int Gaps { get; init; }

    /// <summary>Bars left out because their session had not ended.</summary>
    public int Unfinished { get; init; }

    /// <summary>Before this moment (microseconds) there can be nothing new: the source need not be asked. Null when it can't tell.</summary>
    public long? AskAgain { get; init; }

    /// <summary>What the user has to know of the answer, or null.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// The answer of a source that does not say when a session ends: a bar counts as finished once its day is over in UTC,
    /// by when every exchange has closed.
    /// </summary>
    /// <param name="request">What was asked.</param>
    /// <param name="rows">All rows that came; those outside the range are left out.</param>
    /// <param name="now">The present time.</param>
    public static SourceAnswer OfWholeDays(SourceRequest request, IEnumerable<BarReading> rows, DateTimeOffset now)
    {
        var today = Timestamp.Of(DateOnly.FromDateTime(now.UtcDateTime));
        var kept = new List<BarReading>();
        var (unfinished, gaps) = (0, 0);
        foreach (var row in rows)
        {
            if (row.IsGap)
            {
                gaps += request.Wants(row.Bar.Ts) ? 1 : 0;
            }
            else if (row.Broken is not null)
            {
                kept.Add(row); // without a date that could be compared
            }
            else if (request.Wants(row.Bar.Ts))
            {
                // a date far ahead is a fault of the row, and for the rules to name
                var running = row.Bar.Ts >= today && row.Bar.Ts < today + Timestamp.Day;
                unfinished += running ? 1 : 0;
                if (!running)
                {
                    kept.Add(row);
                }
            }
        }

        return new(kept) { Unfinished = unfinished, Gaps = gaps };
    }
}
