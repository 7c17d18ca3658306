using Bf.Core.Market;
using Bf.Core.Quality;

namespace Bf.Core.Tests.Quality;

/// <summary>Short series for checks: dates are numbers of days, everything but what a test names is quiet.</summary>
internal static class SmallSeries
{
    public static BarSeries Of(double[] close, double[]? adjClose = null, long[]? volume = null, double[]? open = null, int[]? days = null, string symbol = "AAA") => new(
        symbol,
        [.. (days ?? [.. Enumerable.Range(0, close.Length)]).Select(d => d * Timestamp.Day)],
        open ?? close, close, adjClose ?? close, volume ?? [.. close.Select((_, i) => 1000L + i)]);

    /// <summary>A close that moves a little every day.</summary>
    public static double[] Quiet(int count, double level = 20) => [.. Enumerable.Range(0, count).Select(i => level + (i % 7 * 0.1))];

    /// <summary>A calendar of so many days with the same number of symbols.</summary>
    public static MarketCalendar Calendar(int days, long symbols = 100) =>
        new([.. Enumerable.Range(0, days).Select(d => d * Timestamp.Day)], [.. Enumerable.Repeat(symbols, days)]);

    /// <summary>What a check finds in some series.</summary>
    public static Evidence Look(string check, MarketCalendar? calendar, params BarSeries[] series)
    {
        var evidence = new Evidence();
        foreach (var s in series)
        {
            ((SymbolCheck)Find(check)).Look(s, calendar ?? Calendar(s.Count), evidence);
        }

        return evidence;
    }

    /// <summary>What a check finds in a universe.</summary>
    public static Evidence Look(string check, MarketFacts facts)
    {
        var evidence = new Evidence();
        ((MarketCheck)Find(check)).Look(facts, evidence);
        return evidence;
    }

    public static QualityCheck Find(string check) => QualityChecks.All.Single(c => c.Name == check);
}
