namespace Bf.Core.Market;

/// <summary>The rules that official counts must keep to enter the lake. A row that breaks one goes to quarantine under the rule's name.</summary>
public static class CountRules
{
    /// <summary>More issues than any market has: a volume in the wrong column.</summary>
    public const long MostIssues = 1_000_000;

    private const string CountNegative = "count_negative";
    private const string CountTooLarge = "count_too_large";

    /// <summary>Each rule's name and what breaks it.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [BarRules.FieldCount] = BarRules.All[BarRules.FieldCount],
        [BarRules.UnreadableDate] = BarRules.All[BarRules.UnreadableDate],
        [BarRules.UnreadableNumber] = "advances or declines that are missing, a number that is none, issues with a fraction, or a volume below 1,000 with one (write volumes in shares)",
        [BarRules.FutureDate] = BarRules.All[BarRules.FutureDate],
        [CountNegative] = "a negative number",
        [CountTooLarge] = $"more than {MostIssues} issues: a volume in the wrong column?",
        [BarRules.Conflict] = "rows of one import that disagree on a date",
    };

    /// <summary>The first rule that a date's counts break, or null when they keep them all.</summary>
    /// <param name="count">The counts.</param>
    /// <param name="now">The present time, microseconds since 1970-01-01 UTC.</param>
    public static string? Broken(MarketCount count, long now)
    {
        ArgumentNullException.ThrowIfNull(count);
        long?[] issues = [count.Adv, count.Dec, count.Unch, count.Highs, count.Lows];
        return count.Ts > now ? BarRules.FutureDate
            : issues.Any(n => n < 0) || count.UpVol < 0 || count.DownVol < 0 ? CountNegative
            : issues.Any(n => n > MostIssues) ? CountTooLarge
            : null;
    }
}
