using System.Globalization;
using Bf.Core.Market;

namespace Bf.Jobs.Search.Query;

/// <summary>Times in queries: a year, a month, a day, or a moment, each as the span that it covers.</summary>
internal static class QueryTimes
{
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    /// <summary>The first moment of a span, and the first one after it; null when the text is no time.</summary>
    public static (long From, long Before)? Read(string text)
    {
        var c = CultureInfo.InvariantCulture;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", c, DateTimeStyles.None, out var date))
        {
            return Span(date, Timestamp.Of(date) + Timestamp.Day);
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM", c, DateTimeStyles.None, out date))
        {
            return Span(date, Timestamp.Of(date) + (DateTime.DaysInMonth(date.Year, date.Month) * Timestamp.Day));
        }

        if (DateOnly.TryParseExact(text, "yyyy", c, DateTimeStyles.None, out date))
        {
            return Span(date, Timestamp.Of(date) + ((DateTime.IsLeapYear(date.Year) ? 366 : 365) * Timestamp.Day));
        }

        return DateTime.TryParseExact(text, Moments, c, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? (Timestamp.Of(new DateTimeOffset(moment)), Timestamp.Of(new DateTimeOffset(moment)) + 1_000_000)
            : null;
    }

    private static (long From, long Before) Span(DateOnly first, long before) => (Timestamp.Of(first), before);
}
