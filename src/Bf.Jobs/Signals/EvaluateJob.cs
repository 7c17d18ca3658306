using Bf.Core.Breadth;
using Bf.Core.Signals;
using Bf.Core.Statistics;
using Bf.Jobs.Lake;

namespace Bf.Jobs.Signals;

/// <summary><c>bf signals evaluate</c>: what followed each detector's fires, and whether it is more than luck. Nothing is written.</summary>
public static class EvaluateJob
{
    /// <summary>Evaluates what the lake holds.</summary>
    /// <exception cref="JobException">Nothing was computed for a universe, a detector is not known, or the index is of a universe without one.</exception>
    public static EvaluateResult Run(DataLake lake, EvaluateRequest request, CancellationToken cancel)
    {
        var watch = new Stopwatches();
        var detectors = Chosen(request.Detectors);
        if (request.Index.IsCounts)
        {
            throw new JobException($"universe {request.Index.Name} is made of imported counts and has no index to follow; name a universe with bars: "
                + $"bf signals evaluate all --universe {request.Universe.Name} --index all");
        }

        var signals = watch.Time("read_ms", () => SignalReader.Read(lake, request.Universe, request.Interval));
        var forward = new ForwardReturns(BreadthColumns.Find("index_ew")!.Reals(signals.Panel));
        if (request.Index.Name != request.Universe.Name)
        {
            var index = watch.Time("read_ms", () => SignalReader.Read(lake, request.Index, request.Interval)).Panel;
            forward = ForwardReturns.On(signals.Panel.Ts, index.Ts, BreadthColumns.Find("index_ew")!.Reals(index));
        }

        EventSeries[] series = [.. detectors.Select(d => new EventSeries(Detectors.All[d].Name, [.. signals.Memory.Fires[d].Select(f => f.Index)]))];
        var results = watch.Time("test_ms", () => Test(new(series, forward, request.Horizons, request.Draws, request.Seed), cancel));
        var ts = signals.Panel.Ts;
        return new(
            results, ts[0], ts[^1], ts.Length, Enumerable.Range(0, ts.Length).Count(t => !forward.Has(t)),
            series.Sum(s => s.Fires.Count(t => !forward.Has(t))), UnseenInputs.Sentence(detectors.Select(d => Detectors.All[d]), signals, request.Universe), watch.Timings);
    }

    private static int[] Chosen(IReadOnlyList<string> names)
    {
        var unknown = names.FirstOrDefault(n => Detectors.Find(n) is null);
        return unknown is not null
            ? throw new JobException($"no detector '{unknown}'; there are {string.Join(", ", Detectors.All)}")
            : [.. Enumerable.Range(0, Detectors.All.Count).Where(d => names.Count == 0 || names.Contains(Detectors.All[d].Name, StringComparer.OrdinalIgnoreCase))];
    }

    private static IReadOnlyList<EventResult> Test(EventTests tests, CancellationToken cancel)
    {
        var next = -1;
        Threads.Run([.. Enumerable.Repeat(Work, Math.Max(1, Math.Min(Environment.ProcessorCount, tests.Pieces)))]);
        return tests.Results();

        void Work()
        {
            for (var piece = Interlocked.Increment(ref next); piece < tests.Pieces; piece = Interlocked.Increment(ref next))
            {
                cancel.ThrowIfCancellationRequested();
                tests.Run(piece);
            }
        }
    }
}
