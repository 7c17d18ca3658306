using Bf.Jobs.Config;
using Bf.Jobs.Runs;
using Bf.Jobs.Streaming.Kafka;
using Bf.Jobs.Streaming.Sinks;

namespace Bf.Jobs.Streaming;

/// <summary>Opens the sinks that a stream was asked for.</summary>
/// <param name="run">The run.</param>
/// <param name="settings">How services are reached.</param>
/// <param name="request">What is wanted.</param>
/// <param name="kafka">Where results are published; null without Kafka.</param>
/// <param name="group">The members' group.</param>
/// <param name="cancel">Ends waits.</param>
internal sealed class StreamSinks(JobRun run, Settings settings, StreamRequest request, KafkaSettings? kafka, string group, CancellationToken cancel)
{
    /// <summary>Opens them.</summary>
    public IReadOnlyList<IResultSink> Open()
    {
        List<IResultSink> sinks = [];
        foreach (var name in request.Sinks)
        {
            sinks.Add(name switch
            {
                "lake" => new LakeSink(run.Lake, request.Plan.Universes, request.Plan.Interval),
                _ => new ConsoleSink(request.Console, request.Plan.Universes.Count > 1),
            });
        }

        return sinks;
    }
}
