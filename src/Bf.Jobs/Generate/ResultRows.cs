using System.Globalization;
using System.Text;
using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>A universe's results as rows of the tables.</summary>
internal sealed class ResultRows(UniverseWork work, GenerateRequest request, string run)
{
    private readonly BreadthPanel _panel = work.Panel;
    private readonly BreadthScore _score = work.Score;
    private readonly ThrustMemory _memory = work.Memory;

    /// <summary>Appends the rows of <c>breadth</c>, column by column: there are many.</summary>
    public void Breadth(DuckAppender rows)
    {
        BreadthColumn[] columns = [.. BreadthColumns.All, .. request.Settings.Indicators.Columns];
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
                    rows.Set(3 + c, whole.AsSpan(from, count), known[c] is { } flags ? flags.AsSpan(from, count) : default);
                }
                else
                {
                    rows.SetOrNull(3 + c, reals[c].AsSpan(from, count));
                }
            }

            for (var i = from; i < from + count; i++)
            {
                Key(rows, i);
                rows.Set(3 + columns.Length, run);
                rows.EndRow();
            }
        }
    }

    /// <summary>Appends the rows of <c>signals</c>.</summary>
    public void Signals(DuckAppender rows)
    {
        var settings = request.Settings.Text;
        var (from, end) = work.Written();
        for (var i = from; i < end; i++)
        {
            var at = Key(rows, i);
            rows.SetOrNull(at++, _score.Values[i]);
            rows.Set(at++, _score.States[i] == SignalState.None ? null : _score.States[i].ToString().ToLowerInvariant());
            foreach (var part in _score.Parts)
            {
                rows.SetOrNull(at++, part[i]);
            }

            rows.Set(at++, Memory(i));
            rows.Set(at++, States(i));
            rows.Set(at++, Fingerprint.Versions);
            rows.Set(at++, settings);
            rows.Set(at, run);
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

            rows.Set(at + 1, run);
            rows.EndRow();
        }
    }

    private int Key(DuckAppender rows, int index)
    {
        rows.Set(0, work.Universe.Name);
        rows.Set(1, request.Interval.Name);
        rows.Set(2, _panel.Ts[index]);
        return 3;
    }

    /// <summary>The thrusts in memory, as JSON: dates since each detector's last fire.</summary>
    private string Memory(int index)
    {
        var text = new StringBuilder("{");
        for (var d = 0; d < Detectors.All.Count; d++)
        {
            if (_memory.Since(d)[index] is { } since)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 1 ? "," : "")}\"{Detectors.All[d].Name}\":{since}");
            }
        }

        return text.Append('}').ToString();
    }

    /// <summary>Where each detector stands, as JSON; one that stands nowhere is left out.</summary>
    private string States(int index)
    {
        var text = new StringBuilder("{");
        for (var d = 0; d < Detectors.All.Count; d++)
        {
            if (_memory.StateOf(d, index) is not ThrustState.None and var state)
            {
                text.Append(text.Length > 1 ? "," : "").Append('"').Append(Detectors.All[d].Name).Append("\":\"").Append(ThrustStates.Name(state)).Append('"');
            }
        }

        return text.Append('}').ToString();
    }
}
