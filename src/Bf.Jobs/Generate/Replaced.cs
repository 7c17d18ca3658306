using Bf.Core.Market;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>The rows that new ones take the place of.</summary>
/// <param name="Condition">Which rows go.</param>
/// <param name="IsWholly">Whether all rows of a file go, by its statistics: such a file need not be read.</param>
internal sealed record Replaced(string Condition, Func<AddFile, bool> IsWholly)
{
    /// <summary>Whether a file may hold a row that goes, by its statistics: one that does not need not be read.</summary>
    public Func<AddFile, bool> MayHold { get; init; } = _ => true;

    /// <summary>The results of universes at an interval, over a range of dates; null is without bound.</summary>
    public static Replaced Results(IReadOnlyCollection<string> universes, Interval interval, long? from, long? to)
    {
        var condition = $"universe IN ({string.Join(", ", universes.Select(DuckConnection.Quote))}) AND interval = '{interval}'";
        condition += from is { } first ? $" AND ts >= make_timestamptz({first})" : "";
        condition += to is { } last ? $" AND ts <= make_timestamptz({last})" : "";
        return new(condition, IsWholly)
        {
            MayHold = file => !(FileStatistics.Of(file).MaxTime("ts") < from || FileStatistics.Of(file).MinTime("ts") > to),
        };

        bool IsWholly(AddFile file)
        {
            var statistics = FileStatistics.Of(file);
            return statistics.MinText("universe") is { } only && statistics.MaxText("universe") == only && universes.Contains(only)
                && statistics.MinText("interval") == interval.Name && statistics.MaxText("interval") == interval.Name
                && (from is null || statistics.MinTime("ts") >= from) && (to is null || statistics.MaxTime("ts") <= to);
        }
    }
}
