using System.Globalization;
using System.Text;
using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>A universe's results as rows of the tables.</summary>
internal sealed class ResultRows(UniverseWork work, Interval interval, string run)
{
    private readonly BreadthPanel _panel = work.Panel;
    private readonly BreadthScore _score = work.Score;
    private readonly ThrustMemory _memory = work.Memory;

    /// <summary>Appends the rows of <c>breadth</c>.</summary>
    public void Breadth(DuckAppender rows)
    {
        var integers = BreadthColumns.All.Select(c => c.Kind == ColumnKind.Integer ? c.Integers(_panel) : null).ToArray();
        var known = BreadthColumns.All.Select(c => c.Known(_panel)).ToArray();
        var reals = BreadthColumns.All.Select(c => c.Kind == ColumnKind.Real ? c.Reals(_panel) : null).ToArray();
        for (var i = 0; i < _panel.Count; i++)
        {
            if (!work.Writes(_panel.Ts[i]))
            {
                continue;
            }

            var at = Key(rows, i);
            for (var c = 0; c < integers.Length; c++, at++)
            {
                if (known[c]?[i] == false)
                {
                    rows.SetNull(at);
                }
                else if (integers[c] is { } whole)
                {
                    rows.Set(at, whole[i]);
                }
                else
                {
                    rows.SetOrNull(at, reals[c]![i]);
                }
            }

            rows.Set(at, run);
            rows.EndRow();
        }
    }

    /// <summary>Appends the rows of <c>signals</c>.</summary>
    public void Signals(DuckAppender rows)
    {
        for (var i = 0; i < _panel.Count; i++)
        {
            if (!work.Writes(_panel.Ts[i]))
            {
                continue;
            }

            var at = Key(rows, i);
            rows.SetOrNull(at++, _score.Values[i]);
            rows.Set(at++, _score.States[i] == SignalState.None ? null : _score.States[i].ToString().ToLowerInvariant());
            foreach (var part in _score.Parts)
            {
                rows.SetOrNull(at++, part[i]);
            }

            rows.Set(at++, Memory(i));
            rows.Set(at++, Fingerprint.Versions);
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
        rows.Set(1, interval.Name);
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
}
