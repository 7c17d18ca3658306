using System.Globalization;
using System.Text;
using Bf.Core.Breadth;
using Bf.Core.Breadth.Further;
using Bf.Core.Exchange;

namespace Bf.Worker;

/// <summary>
/// Bars in, counts out. A line is symbol, time, adjusted close, volume, and where they are needed close, high and low; lines stand in order of
/// symbol and time. Bars are counted as they come, so that little is kept, and an interrupted task has nothing left to do.
/// </summary>
internal sealed class ScanFilter
{
    // a symbol's bars are counted a part at a time, but for counts that need its whole history
    private const int PartOfSymbol = 1 << 16;
    private readonly ScanSpec _spec;
    private readonly RowWriter _rows;
    private readonly BreadthKernel _kernel;
    private readonly FurtherKernel? _further;
    private readonly bool _closes;
    private readonly bool _ranges;
    private readonly SymbolBars _bars;
    private readonly int _numbers;
    private byte[] _symbol = [];
    private string _name = "";
    private SymbolState? _state;
    private long _barCount;
    private long _symbolCount;

    private ScanFilter(ScanSpec spec, RowWriter rows)
    {
        (_spec, _rows, _numbers) = (spec, rows, ScanRows.Numbers(spec.Further.Counts.Count));
        _kernel = new(spec.Universes);
        _further = spec.Further.Indicators.Count > 0 ? new(spec.Universes, spec.Further) : null;
        (_closes, _ranges) = (spec.Further.Reads.HasFlag(BarColumns.Close), spec.Further.Reads.HasFlag(BarColumns.High));
        _bars = new((_closes ? 1 : 0) + (_ranges ? 2 : 0));
    }

    /// <summary>Counts to the end of the input.</summary>
    /// <exception cref="LineException">A line can't be used.</exception>
    public static void Run(ScanSpec spec, LineReader lines, RowWriter rows)
    {
        var filter = new ScanFilter(spec, rows);
        while (lines.Next(out var line))
        {
            filter.Take(line, lines.Number);
        }

        filter.End(lines.Number + 1);
    }

    private void Take(ReadOnlySpan<byte> line, long number)
    {
        var fields = new Fields(line, number);
        var symbol = fields.Next("symbol");
        if (!symbol.SequenceEqual(_symbol))
        {
            Count(number, last: true);
            if (symbol.SequenceCompareTo(_symbol) < 0)
            {
                throw new LineException(number, $"the symbol {Encoding.UTF8.GetString(symbol)} comes after {_name}: the lines are not in order");
            }

            (_symbol, _name) = (symbol.ToArray(), Encoding.UTF8.GetString(symbol));
        }

        var ts = fields.Integer("ts");
        var adjClose = fields.Price("adj_close");
        var volume = fields.Integer("volume");
        _bars.Append([ts], [adjClose], [volume]);
        var column = 0;
        if (_closes)
        {
            _bars.AppendFurther(column++, [fields.Price("close")]);
        }

        if (_ranges)
        {
            _bars.AppendFurther(column++, [fields.Price("high")]);
            _bars.AppendFurther(column, [fields.Price("low")]);
        }

        fields.End();
        if (_further is null && _bars.Count == PartOfSymbol)
        {
            Count(number + 1, last: false);
        }
    }

    /// <summary>Counts the bars that were collected, which end before a line; after a symbol's last its state is written.</summary>
    private void Count(long next, bool last)
    {
        if (_bars.Count > 0)
        {
            try
            {
                _kernel.Add(_name, _state, _bars.Ts, _bars.AdjClose, _bars.Volume);
                _further?.Add(_name, _bars.Ts, _bars.AdjClose, _bars.Further(_closes ? 0 : -1), Range(0), Range(1));
            }
            catch (ArgumentException e)
            {
                throw new LineException(next - 1, $"or one before it breaks a rule: {e.Message}");
            }

            _barCount += _bars.Count;
            _state = _kernel.State();
            _bars.Clear();
        }

        if (last && _state is not null)
        {
            WriteState(_state);
            _state = null;
        }
    }

    private ReadOnlySpan<double> Range(int column) => _bars.Further(_ranges ? column + (_closes ? 1 : 0) : -1);

    private void WriteState(SymbolState state)
    {
        var packed = new PackedState(state.LastTs, state.Bars, state.Encode());
        _symbolCount++;
        Row(ScanRows.State, -1, ScanRows.Key(_name), Convert.ToBase64String(packed.Ticks), packed.LastTs, packed.Bars, ScanRows.Check(packed));
    }

    private void End(long next)
    {
        Count(next, last: true);
        var sums = new long[_numbers];
        var rows = 0L;
        for (var u = 0; u < _spec.Universes.Count; u++)
        {
            var tally = _kernel.Tally(u);
            var further = _further?.Counts(u, tally.Ts) ?? [];
            rows += tally.Count;
            for (var d = 0; d < tally.Count; d++)
            {
                WriteDate(u, tally, further, d, sums);
            }
        }

        Row(ScanRows.Counts, -1, "", null, _barCount, _symbolCount, rows);
        Row(ScanRows.Sums, -1, "", null, sums);
        _rows.Flush();
    }

    private void WriteDate(int universe, BreadthTally tally, FurtherCount[] further, int date, long[] sums)
    {
        Begin(ScanRows.Tally, universe, tally.Ts[date].ToString(CultureInfo.InvariantCulture), null);
        for (var c = 0; c < _numbers; c++)
        {
            var value = c < BreadthTally.ColumnCount ? tally[(TallyColumn)c][date] : further[c - BreadthTally.ColumnCount].Values[date];
            sums[c] = (sums[c] + ScanRows.Remainder(value)) % ScanRows.Modulus;
            _rows.Number(value);
        }

        _rows.End();
    }

    private void Row(string kind, int universe, string key, string? text, params ReadOnlySpan<long> numbers)
    {
        Begin(kind, universe, key, text);
        for (var c = 0; c < _numbers; c++)
        {
            _rows.Number(c < numbers.Length ? numbers[c] : 0);
        }

        _rows.End();
    }

    private void Begin(string kind, int universe, string key, string? text)
    {
        _rows.Text(kind);
        _rows.Number(universe);
        _rows.Text(key);
        _rows.Text(text);
    }
}
