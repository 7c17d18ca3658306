namespace Bf.Core.Quality.Checks;

/// <summary>Where a symbol's bars should begin and end: with the universe's, or with its membership.</summary>
internal static class Spans
{
    /// <summary>So many sessions too late, or too early, are nothing to speak of.</summary>
    public const int Grace = 5;

    public static readonly QualityThreshold Threshold = new("sessions", Grace, "so many are nothing to speak of");

    /// <summary>Sessions that pass before a symbol's first bar.</summary>
    public static int Late(MarketFacts facts, SymbolSpan span)
    {
        var stays = facts.Universe.StaysOf(span.Symbol);
        return facts.Calendar.SessionsBefore(span.First) - (stays[0].From == long.MinValue ? 0 : facts.Calendar.SessionsBefore(stays[0].From));
    }

    /// <summary>Sessions that follow a symbol's last bar.</summary>
    public static int Early(MarketFacts facts, SymbolSpan span)
    {
        var stays = facts.Universe.StaysOf(span.Symbol);
        var end = stays[^1].To == long.MaxValue ? facts.Calendar.Sessions.Length : facts.Calendar.SessionsBefore(stays[^1].To);
        return end - facts.Calendar.SessionsBefore(span.Last + 1);
    }
}
