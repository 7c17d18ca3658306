using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Generate;

/// <summary>What happened to a table of bars between two versions.</summary>
/// <param name="FirstTs">The least time of an added row, microseconds; <see cref="long.MaxValue"/> when none was added.</param>
/// <param name="OnlyAppends">Whether every commit only added rows, or only laid them differently.</param>
internal readonly record struct BarChanges(long FirstTs, bool OnlyAppends)
{
    /// <summary>Reads the commits after <paramref name="from"/> up to <paramref name="to"/>.</summary>
    public static BarChanges Between(DeltaTable bars, long from, long to)
    {
        var first = long.MaxValue;
        for (var version = from + 1; version <= to; version++)
        {
            if (bars.Commit(version) is not { } lines)
            {
                return new(long.MinValue, false); // no longer in the log: anything may have changed
            }

            foreach (var line in lines)
            {
                if (line.Remove is { DataChange: true } || line.MetaData is not null)
                {
                    return new(long.MinValue, false);
                }

                if (line.Add is { DataChange: true } add)
                {
                    first = Math.Min(first, FileStatistics.Of(add).MinTime("ts") ?? long.MinValue);
                }
            }
        }

        return new(first, true);
    }

    /// <summary>Whether no row changed.</summary>
    public bool Nothing => OnlyAppends && FirstTs == long.MaxValue;
}
