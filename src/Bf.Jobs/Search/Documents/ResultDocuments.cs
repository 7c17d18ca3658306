using System.Text.Json;
using Bf.Core.Breadth;
using Bf.Core.Breadth.Further;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Generate;
using Bf.Jobs.Lake;

namespace Bf.Jobs.Search.Documents;

/// <summary>
/// A universe's results as documents: the rows that <see cref="ResultRows"/> makes of them for the tables, without what is NULL there.
/// </summary>
internal sealed class ResultDocuments : IDisposable
{
    private static readonly JsonEncodedText Universe = Name("universe"), IntervalName = Name("interval"), Ts = Name("ts"), Score = Name("score"), State = Name("state"),
        Memory = Name("memory"), ThrustStates = Name("thrust_states"), Versions = Name("versions"), SettingsName = Name("settings"), RunName = Name("run"),
        DetectorName = Name("detector"), Value = Name("value"), Threshold = Name("threshold"), DaysSinceLow = Name("days_since_low");

    private static readonly JsonEncodedText[] Usual = [.. BreadthColumns.All.Select(c => Name(c.Name))];

    private static readonly JsonEncodedText[] Parts = [.. ScoreFamily.All.Select(f => Name($"z_{f.Name}"))];

    private readonly DocumentText _text = new();
    private readonly UniverseResults _results;
    private readonly GenerateSettings _settings;
    private readonly string _universe;
    private readonly string _interval;
    private readonly string _run;
    private readonly JsonEncodedText[] _names;
    private readonly long[]?[] _integers;
    private readonly bool[]?[] _known;
    private readonly double[]?[] _reals;
    private readonly ThrustText _thrusts;

    /// <param name="results">The results.</param>
    /// <param name="interval">The bars' length.</param>
    /// <param name="settings">With what they were made.</param>
    /// <param name="run">The run's name.</param>
    public ResultDocuments(UniverseResults results, Interval interval, GenerateSettings settings, string run)
    {
        (_results, _settings, _universe, _interval, _run) = (results, settings, results.Universe.Name, interval.Name, run);
        var (panel, columns) = (results.Panel, (BreadthColumn[])[.. BreadthColumns.All, .. OnDemand(settings.Indicators)]);
        _names = columns.Length == Usual.Length ? Usual : Array.ConvertAll(columns, c => Name(c.Name));
        _integers = Array.ConvertAll(columns, c => c.Kind == ColumnKind.Integer ? c.Integers(panel) : null);
        _known = Array.ConvertAll(columns, c => c.Known(panel));
        _reals = Array.ConvertAll(columns, c => c.Kind == ColumnKind.Real ? c.Reals(panel) : null);
        _thrusts = new(results.Memory);
    }

    /// <summary>The document of a row of <c>breadth</c>.</summary>
    /// <param name="index">The date's index in the panel.</param>
    public SearchDocument Breadth(int index)
    {
        Begin(index);
        BreadthValues(_text.Json, index);
        return End(Tables.Breadth.Name, index);
    }

    /// <summary>The document of a row of <c>signals</c>.</summary>
    /// <param name="index">The date's index in the panel.</param>
    public SearchDocument Signals(int index)
    {
        var json = _text.Json;
        Begin(index);
        SignalValues(json, index);
        json.WriteString(Versions, Fingerprint.Versions);
        json.WriteString(SettingsName, _settings.Text);
        return End(Tables.Signals.Name, index);
    }

    /// <summary>The document of a row of <c>thrusts</c>.</summary>
    /// <param name="thrust">The fire.</param>
    public SearchDocument Thrust(DetectedThrust thrust)
    {
        Begin(thrust.Fire.Index);
        ThrustValues(_text.Json, thrust);
        return End(Tables.Thrusts.Name, thrust.Fire.Index, thrust.Detector.Name);
    }

    /// <summary>Writes the counts and series of a date, those that are known.</summary>
    public void BreadthValues(Utf8JsonWriter json, int index)
    {
        for (var c = 0; c < _names.Length; c++)
        {
            if (_integers[c] is not { } whole)
            {
                DocumentText.Real(json, _names[c], _reals[c]![index]);
            }
            else if (_known[c] is not { } known || known[index])
            {
                json.WriteNumber(_names[c], whole[index]);
            }
        }
    }

    /// <summary>Writes a date's score, what it says, its parts, and where the detectors stand.</summary>
    public void SignalValues(Utf8JsonWriter json, int index)
    {
        var score = _results.Score;
        DocumentText.Real(json, Score, score.Values[index]);
        if (ResultRows.NameOf(score.States[index]) is { } state)
        {
            json.WriteString(State, state);
        }

        for (var p = 0; p < Parts.Length; p++)
        {
            DocumentText.Real(json, Parts[p], score.Parts[p][index]);
        }

        json.WriteString(Memory, _thrusts.Memory(index));
        json.WriteString(ThrustStates, _thrusts.States(index));
    }

    /// <summary>Writes which detector fired, and on what.</summary>
    public static void ThrustValues(Utf8JsonWriter json, DetectedThrust thrust)
    {
        json.WriteString(DetectorName, thrust.Detector.Name);
        DocumentText.Real(json, Value, thrust.Fire.Value);
        DocumentText.Real(json, Threshold, thrust.Fire.Threshold);
        if (thrust.Fire.DaysSinceLow is { } days)
        {
            json.WriteNumber(DaysSinceLow, days);
        }
    }

    /// <summary>The fires of dates, by date and then by the detector's name.</summary>
    /// <param name="from">Index of the first date.</param>
    /// <param name="end">Index after the last.</param>
    public List<DetectedThrust> Thrusts(int from, int end)
    {
        var found = new List<DetectedThrust>();
        for (var d = 0; d < Detectors.All.Count; d++)
        {
            var fires = _results.Memory.Fires[d];
            for (var f = fires.Count - 1; f >= 0 && fires[f].Index >= from; f--)
            {
                if (fires[f].Index < end)
                {
                    found.Add(new(Detectors.All[d], fires[f]));
                }
            }
        }

        found.Sort((a, b) => a.Fire.Index != b.Fire.Index ? a.Fire.Index.CompareTo(b.Fire.Index) : string.CompareOrdinal(a.Detector.Name, b.Detector.Name));
        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();

    private void Begin(int index)
    {
        _text.Begin();
        _text.Json.WriteString(Universe, _universe);
        _text.Json.WriteString(IntervalName, _interval);
        _text.Json.WriteString(Ts, SearchTable.Text(_results.Panel.Ts[index]));
    }

    private SearchDocument End(string table, int index, params ReadOnlySpan<string> more)
    {
        _text.Json.WriteString(RunName, _run);
        var ts = _results.Panel.Ts[index];
        return new(SearchTable.IndexOf(table, ts), SearchTable.Id([_universe, _interval, SearchTable.Text(ts), .. more]), _text.End());
    }

    /// <summary>The columns of indicators on demand, in the table's order.</summary>
    private static IEnumerable<BreadthColumn> OnDemand(FurtherSet indicators) =>
        indicators.Columns.Count == 0 ? [] : indicators.Columns.OrderBy(c => Array.FindIndex(Tables.BreadthWith(indicators).Columns, t => t.Name == c.Name));

    private static JsonEncodedText Name(string name) => JsonEncodedText.Encode(name);
}
