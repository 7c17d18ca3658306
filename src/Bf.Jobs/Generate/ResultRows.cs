using System.Globalization;
using System.Text;
using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>A universe's results as rows of the tables, in temporary tables of one connection.</summary>
internal sealed class ResultRows(string universe, Interval interval, string run, BreadthPanel panel, BreadthScore score, ThrustMemory memory)
{
    /// <summary>Rows of <c>breadth</c> for the dates that <paramref name="chosen"/> picks.</summary>
    public void Breadth(DuckConnection connection, string name, Func<long, bool> chosen)
    {
        var integers = BreadthColumns.All.Select(c => c.Kind == ColumnKind.Integer ? c.Integers(panel) : null).ToArray();
        var known = BreadthColumns.All.Select(c => c.Known(panel)).ToArray();
        var reals = BreadthColumns.All.Select(c => c.Kind == ColumnKind.Real ? c.Reals(panel) : null).ToArray();
        using var rows = Begin(connection, name, Tables.Breadth);
        for (var i = 0; i < panel.Count; i++)
        {
            if (!chosen(panel.Ts[i]))
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

        rows.Complete();
    }

    /// <summary>Rows of <c>signals</c>.</summary>
    public void Signals(DuckConnection connection, string name, Func<long, bool> chosen)
    {
        var settings = score.Settings.ToString();
        using var rows = Begin(connection, name, Tables.Signals);
        for (var i = 0; i < panel.Count; i++)
        {
            if (!chosen(panel.Ts[i]))
            {
                continue;
            }

            var at = Key(rows, i);
            rows.SetOrNull(at++, score.Values[i]);
            rows.Set(at++, score.States[i] == SignalState.None ? null : score.States[i].ToString().ToLowerInvariant());
            foreach (var part in score.Parts)
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

        rows.Complete();
    }

    /// <summary>Rows of <c>thrusts</c>.</summary>
    public void Thrusts(DuckConnection connection, string name, Func<long, bool> chosen)
    {
        using var rows = Begin(connection, name, Tables.Thrusts);
        for (var d = 0; d < Detectors.All.Count; d++)
        {
            foreach (var fire in memory.Fires[d].Where(f => chosen(panel.Ts[f.Index])))
            {
                var at = Key(rows, fire.Index);
                rows.Set(at++, Detectors.All[d].Name);
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

        rows.Complete();
    }

    private static DuckAppender Begin(DuckConnection connection, string name, Lake.Delta.TableSchema schema)
    {
        connection.Execute($"DROP TABLE IF EXISTS {name}; {schema.CreateTemporary(name)}");
        return connection.Append(name, [.. schema.Columns.Select(c => c.DuckType)]);
    }

    private int Key(DuckAppender rows, int index)
    {
        rows.Set(0, universe);
        rows.Set(1, interval.Name);
        rows.Set(2, panel.Ts[index]);
        return 3;
    }

    /// <summary>The thrusts in memory, as JSON: dates since each detector's last fire.</summary>
    private string Memory(int index)
    {
        var text = new StringBuilder("{");
        for (var d = 0; d < Detectors.All.Count; d++)
        {
            if (memory.Since(d)[index] is { } since)
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
            if (memory.StateOf(d, index) is not ThrustState.None and var state)
            {
                text.Append(text.Length > 1 ? "," : "").Append('"').Append(Detectors.All[d].Name).Append("\":\"").Append(ThrustStates.Name(state)).Append('"');
            }
        }

        return text.Append('}').ToString();
    }
}
