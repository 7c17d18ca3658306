using System.Text;
using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>A universe's results as rows of the tables, without the columns that are the same in every row of a run.</summary>
/// <param name="results">The results.</param>
/// <param name="settings">With what they were made.</param>
internal sealed class ResultRows(UniverseResults results, GenerateSettings settings)
{
    private static readonly string?[] Names = Array.ConvertAll(Enum.GetValues<SignalState>(), s => s == SignalState.None ? null : s.ToString().ToLowerInvariant());

    private readonly byte[] _universe = Encoding.UTF8.GetBytes(results.Universe.Name);
    private readonly BreadthPanel _panel = results.Panel;
    private readonly BreadthScore _score = results.Score;
    private readonly ThrustMemory _memory = results.Memory;

    /// <summary>What a score says, as the tables have it; null where it says nothing.</summary>
    public static string? NameOf(SignalState state) => Names[(int)state];

    /// <summary>Appends the rows of <c>breadth</c>, column by column: there are many.</summary>
    public void Breadth(DuckAppender rows)
    {
        BreadthColumn[] columns = [.. BreadthColumns.All, .. settings.Indicators.Columns];
        var integers = Array.ConvertAll(columns, c => c.Kind == ColumnKind.Integer ? c.Integers(_panel) : null);
        var known = Array.ConvertAll(columns, c => c.Known(_panel));
        var reals = Array.ConvertAll(columns, c => c.Kind == ColumnKind.Real ? c.Reals(_panel) : null);
        var (from, end) = (results.From, results.End);
        for (int count; from < end; from += count)
        {
            count = Math.Min(end - from, rows.Room);
            for (var c = 0; c < columns.Length; c++)
            {
                if (integers[c] is { } whole)
                {
                    rows.Set(2 + c, whole.AsSpan(from, count), known[c] is { } flags ? flags.AsSpan(from, count) : default);
                }
                else
                {
                    rows.SetOrNull(2 + c, reals[c].AsSpan(from, count));
                }
            }

            rows.Set(0, _universe, count);
            rows.Set(1, _panel.Ts.AsSpan(from, count), default);
            rows.EndRow(count);
        }
    }

    /// <summary>Appends the rows of <c>signals</c>.</summary>
    public void Signals(DuckAppender rows)
    {
        var text = new ThrustText(_memory);
        var (from, end) = (results.From, results.End);
        for (var i = from; i < end; i++)
        {
            var at = Key(rows, i);
            rows.SetOrNull(at++, _score.Values[i]);
            rows.Set(at++, NameOf(_score.States[i]));
            foreach (var part in _score.Parts)
            {
                rows.SetOrNull(at++, part[i]);
            }

            rows.Set(at++, text.Memory(i));
            rows.Set(at, text.States(i));
            rows.EndRow();
        }
    }

    /// <summary>Appends the rows of <c>thrusts</c>.</summary>
    public void Thrusts(DuckAppender rows)
    {
        foreach (var (detector, fire) in _memory.InOrder().Where(f => f.Fire.Index >= results.From && f.Fire.Index < results.End))
        {
            var at = Key(rows, fire.Index);
            rows.Set(at++, detector.Name);
            rows.SetOrNull(at++, fire.Value);
            rows.SetOrNull(at++, fire.Threshold);
            if (fire.DaysSinceLow is { } days)
            {
                rows.Set(at, days);
            }
            else
            {
                rows.SetNull(at);
            }

            rows.EndRow();
        }
    }

    private int Key(DuckAppender rows, int index)
    {
        rows.Set(0, _universe);
        rows.Set(1, _panel.Ts[index]);
        return 2;
    }
}
