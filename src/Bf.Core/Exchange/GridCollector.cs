using Bf.Core.Backtest.Grid;

namespace Bf.Core.Exchange;

/// <summary>Puts together the figures that workers computed, and checks that each trial came once and as it was sent.</summary>
/// <param name="spec">What was to be tried.</param>
public sealed class GridCollector(GridSpec spec)
{
    private readonly GridFigures[][] _figures = [.. spec.Spans.Select(_ => new GridFigures[spec.Pairs.Length])];
    private readonly bool[] _seen = new bool[spec.Trials];
    private readonly long[] _sums = new long[GridRows.Numbers];
    private readonly long[] _totals = new long[GridRows.Numbers];
    private long _arrived;
    private long _told;

    /// <summary>Takes a row.</summary>
    /// <param name="kind">One of the kinds of <see cref="GridRows"/>.</param>
    /// <param name="trial">The trial's number, or how many there are.</param>
    /// <param name="numbers">The row's numbers.</param>
    /// <exception cref="FormatException">A worker does not write such a row, or the trial came before.</exception>
    public void Add(string? kind, long trial, ReadOnlySpan<long> numbers)
    {
        if (numbers.Length != GridRows.Numbers)
        {
            throw Broken($"a row has {numbers.Length} numbers instead of {GridRows.Numbers}");
        }

        switch (kind)
        {
            case GridRows.Trial when trial >= 0 && trial < _seen.Length && !_seen[trial] && numbers[0] is >= 0 and <= int.MaxValue:
                _seen[trial] = true;
                _arrived++;
                _figures[trial / spec.Pairs.Length][trial % spec.Pairs.Length] = GridRows.Read(numbers);
                GridRows.Add(_sums, numbers);
                break;
            case GridRows.Totals when trial >= 0:
                _told += trial;
                GridRows.Add(_totals, numbers);
                break;
            default:
                throw Broken($"a row of kind '{kind}' for trial {trial} is not one that a worker writes, or came twice");
        }
    }

    /// <summary>The figures of each pair, span by span, when all are there.</summary>
    /// <exception cref="FormatException">Rows or numbers were lost or changed on the way.</exception>
    public GridFigures[][] Complete() =>
        _arrived != _seen.Length || _told != _seen.Length ? throw Broken($"{_arrived} of {_seen.Length} trials arrived, and the workers tell of {_told}")
        : !_sums.AsSpan().SequenceEqual(_totals) ? throw Broken("the figures are not those that the workers sent")
        : _figures;

    private static FormatException Broken(string what) => new($"what came back from the workers is not whole: {what}");
}
