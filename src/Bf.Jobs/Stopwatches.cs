using System.Diagnostics;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs;

/// <summary>Milliseconds by stage of a job, as <c>--json</c> reports them.</summary>
/// <param name="stages">The stages that are reported in any case, with 0 when they did not come about.</param>
public sealed class Stopwatches(params string[] stages)
{
    private readonly Dictionary<string, double> _stages = stages.ToDictionary(s => s, _ => 0d, StringComparer.Ordinal);
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>The stages in the order in which they began, and last <c>total_ms</c>, the wall time so far.</summary>
    public IReadOnlyDictionary<string, double> Timings =>
        new Dictionary<string, double>(_stages, StringComparer.Ordinal) { ["total_ms"] = Math.Round(Stopwatch.GetElapsedTime(_start).TotalMilliseconds, 1) };

    /// <summary>Times a part of a stage.</summary>
    public T Time<T>(string stage, Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = Span.IsOn ? Span.Do(NameOf(stage), work) : work();
        Sum(stage, Stopwatch.GetElapsedTime(start));
        return answer;
    }

    /// <summary>Times a part of a stage.</summary>
    public void Time(string stage, Action work) => Time(stage, () =>
    {
        work();
        return 0;
    });

    /// <summary>Adds to a stage what took place just now.</summary>
    public void Add(string stage, TimeSpan time)
    {
        if (Span.IsOn)
        {
            Span.Past(NameOf(stage), time);
        }

        Sum(stage, time);
    }

    private static string NameOf(string stage) => stage.EndsWith("_ms", StringComparison.Ordinal) ? stage[..^3] : stage;

    private void Sum(string stage, TimeSpan time) => _stages[stage] = Math.Round(_stages.GetValueOrDefault(stage) + time.TotalMilliseconds, 1);
}
