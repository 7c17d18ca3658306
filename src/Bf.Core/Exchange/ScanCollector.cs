using Bf.Core.Breadth;

namespace Bf.Core.Exchange;

/// <summary>Puts together what workers counted, from rows that were added where they agree, and checks that nothing was lost or changed on the way.</summary>
/// <param name="spec">What was to be counted.</param>
public sealed class ScanCollector(ScanSpec spec)
{
    private readonly int _numbers = ScanRows.Numbers(spec.Further.Counts.Count);
    private readonly SortedDictionary<long, long[]>[] _dates = [.. spec.Universes.Select(_ => new SortedDictionary<long, long[]>())];
    private readonly Dictionary<string, PackedState> _states = new(StringComparer.Ordinal);
    private long[]? _counts;
    private long[]? _sums;
    private long _tallyRows;

    /// <summary>The state of each symbol after its last bar.</summary>
    public IReadOnlyDictionary<string, PackedState> States => _states;

    /// <summary>Bars that the workers counted.</summary>
    public long Bars => _counts?[0] ?? 0;

    /// <summary>Takes a row.</summary>
    /// <param name="kind">One of the kinds of <see cref="ScanRows"/>.</param>
    /// <param name="universe">An index, where the row is of a universe.</param>
    /// <param name="key">What the row is about.</param>
    /// <param name="text">A state's ticks.</param>
    /// <param name="rows">How many rows of workers were added to this one.</param>
    /// <param name="numbers">The sums of their numbers; taken over.</param>
    /// <exception cref="FormatException">A worker does not write such a row.</exception>
    public void Add(string? kind, int universe, string? key, string? text, long rows, long[] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Length != _numbers || key is null)
        {
            throw Broken(key is null ? $"a row of kind '{kind}' has no key" : $"a row of kind '{kind}' has {numbers.Length} numbers instead of {_numbers}");
        }

        switch (kind)
        {
            case ScanRows.Tally when universe >= 0 && universe < _dates.Length && long.TryParse(key, out var ts) && _dates[universe].TryAdd(ts, numbers):
                _tallyRows += rows;
                break;
            case ScanRows.State when rows == 1 && ScanRows.Symbol(key) is { } symbol && Unpack(text, numbers) is { } state && _states.TryAdd(symbol, state):
                break;
            case ScanRows.Counts when _counts is null:
                _counts = numbers;
                break;
            case ScanRows.Sums when _sums is null:
                _sums = numbers;
                break;
            default:
                throw Broken($"a row of kind '{kind}' for '{key}' is not one that a worker writes, or came twice");
        }
    }

    /// <summary>The tallies, one a universe, when all rows are there.</summary>
    /// <param name="bars">How many bars the workers were given; null where nobody knows.</param>
    /// <exception cref="FormatException">Rows or numbers were lost or changed on the way.</exception>
    public IReadOnlyList<BreadthTally> Complete(long? bars)
    {
        var counts = _counts ?? new long[_numbers];
        if (bars is not null && bars != counts[0])
        {
            throw Broken($"the workers counted {counts[0]} of {bars} bars");
        }

        if (counts[1] != _states.Count || counts[2] != _tallyRows)
        {
            throw Broken($"{_states.Count} of {counts[1]} states and {_tallyRows} of {counts[2]} rows arrived");
        }

        var sums = new long[_numbers];
        foreach (var numbers in _dates.SelectMany(d => d.Values))
        {
            for (var c = 0; c < sums.Length; c++)
            {
                sums[c] = (sums[c] + ScanRows.Remainder(numbers[c])) % ScanRows.Modulus;
            }
        }

        if (!sums.SequenceEqual((_sums ?? new long[_numbers]).Select(ScanRows.Remainder)))
        {
            throw Broken("the counts are not those that the workers sent");
        }

        return [.. _dates.Select(Tally)];
    }

    private BreadthTally Tally(SortedDictionary<long, long[]> dates)
    {
        var rows = dates.Values.ToArray();
        var columns = Enumerable.Range(0, _numbers).Select(c => Array.ConvertAll(rows, r => r[c])).ToArray();
        return new([.. dates.Keys], columns[..BreadthTally.ColumnCount],
            further: [.. spec.Further.Counts.Select((name, i) => new FurtherCount(name, columns[BreadthTally.ColumnCount + i]))]);
    }

    private static PackedState? Unpack(string? text, long[] numbers)
    {
        var state = new PackedState(numbers[0], numbers[1], Convert.FromBase64String(text ?? ""));
        return ScanRows.Check(state) == numbers[2] ? state : null;
    }

    private static FormatException Broken(string what) => new($"what came back from the workers is not whole: {what}");
}
