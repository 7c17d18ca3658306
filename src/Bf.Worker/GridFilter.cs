using Bf.Core.Backtest.Grid;
using Bf.Core.Exchange;

namespace Bf.Worker;

/// <summary>
/// Numbers of trials in, a line each, figures out. Trials of one span that come one after the other are computed together, because they share
/// the averages; but not more at once than take a moment, so that an interrupted task has little left to do.
/// </summary>
internal sealed class GridFilter
{
    private const int AtOnce = 8192;
    private readonly GridSpec _spec;
    private readonly RowWriter _rows;
    private readonly List<long> _trials = [];
    private readonly long[] _numbers = new long[GridRows.Numbers];
    private readonly long[] _sums = new long[GridRows.Numbers];
    private long _count;

    private GridFilter(GridSpec spec, RowWriter rows) => (_spec, _rows) = (spec, rows);

    /// <summary>Computes to the end of the input.</summary>
    /// <exception cref="LineException">A line can't be used.</exception>
    public static void Run(GridSpec spec, LineReader lines, RowWriter rows)
    {
        var filter = new GridFilter(spec, rows);
        while (lines.Next(out var line))
        {
            var fields = new Fields(line, lines.Number);
            filter.Take(fields.Integer("trial"), lines.Number);
            fields.End();
        }

        filter.Compute();
        filter.Row(GridRows.Totals, filter._count, filter._sums);
        rows.Flush();
    }

    private void Take(long trial, long number)
    {
        if (trial < 0 || trial >= _spec.Trials)
        {
            throw new LineException(number, $"there is no trial {trial}: they are 0 to {_spec.Trials - 1}");
        }

        if (_trials.Count == AtOnce || (_trials.Count > 0 && Span(_trials[0]) != Span(trial)))
        {
            Compute();
        }

        _trials.Add(trial);
    }

    private void Compute()
    {
        if (_trials.Count == 0)
        {
            return;
        }

        var pairs = new SmaPair[_trials.Count];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = _spec.Pairs[_trials[i] % _spec.Pairs.Length];
        }

        // one thread: the cluster gives a task one core, and runs as many tasks as it has
        var span = _spec.Spans[Span(_trials[0])];
        var figures = SmaCrossGrid.Run(_spec.Closes, pairs, _spec.Settings with { First = span.First, Last = span.Last, Threads = 1 });
        for (var i = 0; i < figures.Length; i++)
        {
            GridRows.Write(figures[i], _numbers);
            GridRows.Add(_sums, _numbers);
            Row(GridRows.Trial, _trials[i], _numbers);
        }

        _count += figures.Length;
        _trials.Clear();
    }

    private int Span(long trial) => (int)(trial / _spec.Pairs.Length);

    private void Row(string kind, long trial, ReadOnlySpan<long> numbers)
    {
        _rows.Text(kind);
        _rows.Number(trial);
        foreach (var number in numbers)
        {
            _rows.Number(number);
        }

        _rows.End();
    }
}
