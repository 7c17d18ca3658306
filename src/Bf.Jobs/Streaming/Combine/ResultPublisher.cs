using Bf.Core.Breadth;
using Bf.Jobs.Generate;
using Bf.Jobs.Streaming.Sinks;
using Bf.Jobs.Streaming.Traces;

namespace Bf.Jobs.Streaming.Combine;

/// <summary>Makes series, score and thrusts of what a combiner has summed up, and puts them into the sinks.</summary>
/// <param name="combiner">The combiner.</param>
/// <param name="plan">What the stream computes.</param>
/// <param name="sinks">Where results go.</param>
/// <param name="run">The run's name.</param>
/// <param name="traces">Knows which spans bars came from; null while nobody listens.</param>
internal sealed class ResultPublisher(Combiner combiner, StreamPlan plan, IReadOnlyList<IResultSink> sinks, string run, BarTraces? traces = null)
{
    private long _lastOpen = long.MinValue;
    private long _lastBars;

    /// <summary>When the first news came of what is put next, as the clock's timestamp.</summary>
    public long Since { get; set; }

    /// <summary>Puts what became final, or is another than before.</summary>
    /// <returns>How many rows of breadth were put.</returns>
    public int PutFinals(bool close = false)
    {
        if (combiner.Advance(close) is not { } changed)
        {
            return 0;
        }

        var from = Math.Max(changed, plan.From ?? long.MinValue);
        var rows = 0;
        using var trace = traces?.Make(from, close ? long.MaxValue : combiner.Watermark);
        for (var u = 0; u < plan.Universes.Count; u++)
        {
            var tally = combiner.Tally(u);
            var first = Array.BinarySearch(tally.Ts, from) is >= 0 and var at ? at : ~Array.BinarySearch(tally.Ts, from);
            if (first == tally.Count)
            {
                continue;
            }

            rows += tally.Count - first;
            Put(new(UniverseResults.Of(plan.Universes[u], tally, first, plan.Settings), plan.Interval, plan.Settings, run, Final: true) { Since = Since }, _ => true);
        }

        trace?.Made(rows);
        return rows;
    }

    /// <summary>Puts the values of the first time that is open, where they are others than the last time.</summary>
    public void PutProvisional()
    {
        if (!sinks.Any(s => s.TakesProvisional))
        {
            return;
        }

        for (var u = 0; u < plan.Universes.Count; u++)
        {
            if (combiner.Open(u) is not { } tally || tally.Ts[^1] < plan.From)
            {
                continue;
            }

            var (ts, bars) = (tally.Ts[^1], tally[TallyColumn.Bars][^1]);
            if (u == 0 && ts == _lastOpen && bars == _lastBars)
            {
                return;
            }

            (_lastOpen, _lastBars) = u == 0 ? (ts, bars) : (_lastOpen, _lastBars);
            Put(new(UniverseResults.Of(plan.Universes[u], tally, tally.Count - 1, plan.Settings), plan.Interval, plan.Settings, run, Final: false), s => s.TakesProvisional);
        }
    }

    /// <summary>Draws a line below what was put so far.</summary>
    /// <returns>Returns once everything above it is safe; to be called on another thread.</returns>
    public Action Seal()
    {
        Action[] seals = [.. sinks.Select(s => s.Seal())];
        return () => Array.ForEach(seals, s => s());
    }

    private void Put(ResultBatch batch, Func<IResultSink, bool> takes)
    {
        foreach (var sink in sinks.Where(takes))
        {
            sink.Put(batch);
        }
    }
}
