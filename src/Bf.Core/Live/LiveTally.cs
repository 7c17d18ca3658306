using Bf.Core.Breadth;

namespace Bf.Core.Live;

/// <summary>The counts of one time, of some universes.</summary>
internal sealed class LiveTally(long ts, int universes)
{
    private readonly long[] _counts = new long[universes * BreadthTally.ColumnCount];

    /// <summary>The time.</summary>
    public long Ts => ts;

    /// <summary>The counts, universe after universe.</summary>
    public Span<long> Counts => _counts;

    /// <summary>The volumes of all bars of the time, whether they are counted or not: while they fit, every sum of some of them does.</summary>
    public long Volume { get; set; }

    /// <summary>Whether the counts changed since this was last unset.</summary>
    public bool Changed { get; set; }

    /// <summary>Whether a member of any universe has a bar.</summary>
    public bool Any
    {
        get
        {
            for (var u = 0; u < universes; u++)
            {
                if (_counts[(u * BreadthTally.ColumnCount) + (int)TallyColumn.Bars] != 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Counts a bar for a universe (<paramref name="sign"/> 1), or takes it back (-1).</summary>
    public void Count(int universe, in Contribution bar, long sign)
    {
        var counts = _counts.AsSpan(universe * BreadthTally.ColumnCount, BreadthTally.ColumnCount);
        foreach (var (column, fromBar) in BarFlags.Seniority)
        {
            if (bar.Before + 1 < fromBar)
            {
                break;
            }

            counts[(int)column] += sign;
        }

        if (bar.Before == 0)
        {
            return;
        }

        var flags = bar.Flags;
        foreach (var column in BarFlags.Columns)
        {
            counts[(int)column] += sign * (flags & 1);
            flags >>= 8;
        }

        // no branch: which way a bar went can't be foreseen
        long adv = bar.Flags & BarFlags.Adv, dec = (bar.Flags & BarFlags.Dec) / BarFlags.Dec;
        counts[(int)TallyColumn.Unch] += sign * (1 - adv - dec);
        counts[(int)TallyColumn.UnchVol - (int)((2 * adv) + dec)] += sign * bar.Volume;
        counts[(int)TallyColumn.ReturnSum] += sign * bar.Gain;
    }

    /// <summary>A copy to be handed out.</summary>
    public PartialTally ToPartial()
    {
        var counts = new long[universes][];
        for (var u = 0; u < counts.Length; u++)
        {
            counts[u] = _counts.AsSpan(u * BreadthTally.ColumnCount, BreadthTally.ColumnCount).ToArray();
        }

        return new(ts, counts);
    }
}
