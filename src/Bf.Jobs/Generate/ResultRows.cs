using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>A universe's results as rows of the tables, without the columns that are the same in every row of a run.</summary>
/// <param name="work">The results.</param>
/// <param name="settings">With what they were made.</param>
internal sealed class ResultRows(UniverseWork work, GenerateSettings settings)
{
    private static readonly string?[] Names = Array.ConvertAll(Enum.GetValues<SignalState>(), s => s == SignalState.None ? null : s.ToString().ToLowerInvariant());

    private readonly BreadthPanel _panel = work.Panel;
    private readonly BreadthScore _score = work.Score;
    private readonly ThrustMemory _memory = work.Memory;

    /// <summary>Appends the rows of <c>breadth</c>, column by column: there are many.</summary>
    public void Breadth(DuckAppender rows)
    {
        BreadthColumn[] columns = [.. BreadthColumns.All, .. settings.Indicators.Columns];
        var integers = Array.ConvertAll(columns, c => c.Kind == ColumnKind.Integer ? c.Integers(_panel) : null);
        var known = Array.ConvertAll(columns, c => c.Known(_panel));
        var reals = Array.ConvertAll(columns, c => c.Kind == ColumnKind.Real ? c.Reals(_panel) : null);
        var (from, end) = work.Written();
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

            for (var i = from; i < from + count; i++)
            {
                Key(rows, i);
                rows.EndRow();
            }
        }
    }

    /// <summary>Appends the rows of <c>signals</c>.</summary>
    public void Signals(DuckAppender rows)
    {
        var text = new ThrustText(_memory);
        var (from, end) = work.Written();
        for (var i = from; i < end; i++)
        {
            var at = Key(rows, i);
            rows.SetOrNull(at++, _score.Values[i]);
            rows.Set(at++, Names[(int)_score.States[i]]);
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
        foreach (var (detector, fire) in _memory.InOrder().Where(f => work.Writes(_panel.Ts[f.Fire.Index])))
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
        rows.Set(0, work.Universe.Name);
        rows.Set(1, _panel.Ts[index]);
        return 2;
    }
}
