using Bf.Core.Market;

namespace Bf.Core.Breadth;

/// <summary>Counts one universe by date, from what the engine found out about the bars.</summary>
internal sealed class UniverseCounter(Universe universe, KernelCalendar calendar)
{
    private readonly long[][] _counts = [.. Enumerable.Range(0, BreadthTally.ColumnCount).Select(_ => Array.Empty<long>())];
    private readonly long[][] _steps = [.. BarFlags.Seniority.Select(_ => new long[1])];
    private readonly DateSums _sums = new(calendar);
    private int _unsettled;

    public Universe Universe => universe;

    /// <summary>Adds a symbol's bars, as far as the symbol is a member.</summary>
    /// <param name="stays">The symbol's stays in the universe.</param>
    /// <param name="runs">The bars, as runs of dates.</param>
    /// <param name="barsBefore">The number of the symbol's bars before these.</param>
    /// <param name="offset">Index of bar 0 in the engine's scratch.</param>
    /// <param name="volumes">The volumes of the bars.</param>
    /// <param name="engine">Who adds.</param>
    public void Add(
        ReadOnlySpan<Membership> stays, DateRuns runs, long barsBefore, int offset, ReadOnlySpan<long> volumes,
        KernelEngine engine)
    {
        foreach (var stay in stays)
        {
            var from = stay.From == long.MinValue ? 0 : calendar.FirstFrom(stay.From);
            var to = stay.To == long.MaxValue ? calendar.Count : calendar.FirstFrom(stay.To);
            foreach (var run in runs.All)
            {
                var member = run.OnDates(from, to);
                if (member.Length <= 0)
                {
                    continue;
                }

                CountSeniority(member, barsBefore);
                var compared = barsBefore == 0 ? member.FromBar(1) : member;
                if (compared.Length > 0)
                {
                    engine.Accumulate(compared, offset, volumes, _sums);
                }
            }
        }

        if (++_unsettled == BarFlags.MostSymbols)
        {
            SettleFlags();
        }
    }

    /// <summary>Follows the calendar's growth.</summary>
    public void Spread(int[] moved, int count)
    {
        Settle();
        _sums.Spread(moved, count);
        for (var c = 0; c < _counts.Length; c++)
        {
            _counts[c] = DateSums.Spread(_counts[c], moved, count);
        }

        for (var s = 0; s < _steps.Length; s++)
        {
            _steps[s] = new long[count + 1];
        }
    }

    /// <summary>The counts so far, without the dates on which no member has a bar.</summary>
    public BreadthTally ToTally()
    {
        Settle();
        var bars = _counts[(int)TallyColumn.Bars];
        int[] dates = [.. Enumerable.Range(0, bars.Length).Where(d => bars[d] > 0)];
        var columns = Enum.GetValues<TallyColumn>().Select(c => Array.ConvertAll(dates, d => Value(c, d)));
        return new(Array.ConvertAll(dates, d => calendar[d]), [.. columns]);
    }

    private long Value(TallyColumn column, int date) => column switch
    {
        TallyColumn.UpVol => _sums.UpVol[date],
        TallyColumn.DownVol => _sums.DownVol[date],
        TallyColumn.UnchVol => _sums.UnchVol[date],
        TallyColumn.ReturnSum => _sums.Returns[date],
        TallyColumn.Unch => Value(TallyColumn.Issues, date) - Value(TallyColumn.Adv, date) - Value(TallyColumn.Dec, date),
        _ => _counts[(int)column][date],
    };

    /// <summary>A symbol counts from some bar to the run's end: one step up, one step down, whatever the length.</summary>
    private void CountSeniority(DateRun run, long barsBefore)
    {
        for (var s = 0; s < _steps.Length; s++)
        {
            var senior = run.FromBar((int)Math.Max(0, BarFlags.Seniority[s].FromBar - 1 - barsBefore));
            if (senior.Length > 0)
            {
                _steps[s][senior.Date]++;
                _steps[s][senior.Date + senior.Length]--;
            }
        }
    }

    private void Settle()
    {
        SettleFlags();
        for (var s = 0; s < _steps.Length; s++)
        {
            var counts = _counts[(int)BarFlags.Seniority[s].Column];
            var level = 0L;
            for (var d = 0; d < counts.Length; d++)
            {
                level += _steps[s][d];
                counts[d] += level;
            }

            Array.Clear(_steps[s]);
        }
    }

    private void SettleFlags()
    {
        var words = _sums.Flags;
        for (var field = 0; field < BarFlags.Columns.Length; field++)
        {
            var counts = _counts[(int)BarFlags.Columns[field]];
            for (var d = 0; d < words.Length; d++)
            {
                counts[d] += (words[d] >> (8 * field)) & 0xFF;
            }
        }

        Array.Clear(words);
        _unsettled = 0;
    }
}
