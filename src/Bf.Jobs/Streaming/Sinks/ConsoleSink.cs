using System.Globalization;
using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;

namespace Bf.Jobs.Streaming.Sinks;

/// <summary>Writes a line for each time and universe, and for an open time each time that it has changed: those begin with a tilde.</summary>
/// <param name="writer">Where to.</param>
/// <param name="universes">The universes: where there are several, each line names its own.</param>
internal sealed class ConsoleSink(TextWriter writer, IReadOnlyList<Universe> universes) : IResultSink
{
    private readonly int _width = universes.Count > 1 ? Math.Max("universe".Length, universes.Max(u => u.Name.Length)) : 0;
    private bool _headed;

    public string Name => "console";

    public bool TakesProvisional => true;

    public void Begin(long from, long epoch)
    {
    }

    public void Put(ResultBatch batch)
    {
        if (!_headed)
        {
            _headed = true;
            writer.WriteLine($"  {"time",-19}{Named("universe")} {"adv",6} {"dec",6} {"nh",5} {"nl",5} {"above50",8} {"mcc",8} {"score",6} state  thrusts");
        }

        var r = batch.Results;
        for (var i = r.From; i < r.End; i++)
        {
            writer.WriteLine(Line(batch, i));
        }

        writer.Flush();
    }

    public void Flush() => writer.Flush();

    public void Dispose()
    {
    }

    private string Line(ResultBatch batch, int i)
    {
        var (r, tally) = (batch.Results, batch.Results.Panel.Tally);
        var state = r.Score.States[i] == SignalState.None ? "" : r.Score.States[i].ToString().ToLowerInvariant();
        var thrusts = r.Memory.InOrder().Where(f => f.Fire.Index == i).Select(f => f.Detector.Name);
        return string.Create(CultureInfo.InvariantCulture,
            $"{(batch.Final ? ' ' : '~')} {Timestamp.Format(r.Panel.Ts[i]),-19}{Named(r.Universe.Name)} {tally[TallyColumn.Adv][i],6} {tally[TallyColumn.Dec][i],6} {tally[TallyColumn.Nh252][i],5} {tally[TallyColumn.Nl252][i],5} {Real(r, "pct_above50", i),8} {Real(r, "mcc_osc", i),8} {Number(r.Score.Values[i]),6} {state,-5}  {string.Join(' ', thrusts)}").TrimEnd();
    }

    private string Named(string universe) => _width == 0 ? "" : $" {universe.PadRight(_width)}";

    private static string Real(Generate.UniverseResults r, string column, int i) => Number(BreadthColumns.All.First(c => c.Name == column).Reals(r.Panel)[i]);

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("0.0", CultureInfo.InvariantCulture);
}
