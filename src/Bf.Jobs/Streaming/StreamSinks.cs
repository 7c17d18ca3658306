using Bf.Jobs.Config;
using Bf.Jobs.Runs;
using Bf.Jobs.Search;
using Bf.Jobs.Search.Bulk;
using Bf.Jobs.Search.Elastic;
using Bf.Jobs.Streaming.Kafka;
using Bf.Jobs.Streaming.Sinks;

namespace Bf.Jobs.Streaming;

/// <summary>Opens the sinks that a stream was asked for, when it is to add up.</summary>
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
        List<IResultSink> sinks = [.. request.Sinks.Select(Open)];
        if (kafka is not null && request.Output is { } topic)
        {
            sinks.Add(new KafkaSink(kafka, group, run.Lake.Clock, topic));
        }

        return sinks;
    }

    /// <summary>What says in Elasticsearch how the stream is; null where results do not go there.</summary>
    public PipelineReporter? Reporter(StreamFigures figures) =>
        request.Sinks.Contains("elasticsearch") ? new(new ElasticIndex(ElasticSettings.Of(settings)), run.Lake, request.Plan, figures, run.Id) : null;

    private IResultSink Open(string name) => name switch
    {
        "lake" => new LakeSink(run.Lake, request.Plan.Universes, request.Plan.Interval, kafka is null ? null : request.Plan.Name),
        "elasticsearch" => new ElasticSink(new ElasticIndex(ElasticSettings.Of(settings)), new(request.Plan.Patience), request.Plan.Universes, request.Plan.Interval, Reject, run.Lake.Clock, cancel),
        _ => new ConsoleSink(request.Console, request.Plan.Universes),
    };

    private void Reject(RejectedDocument document)
    {
        Log.Warn($"Elasticsearch does not take a document, which goes to quarantine: {document.Reason}");
        RejectedDocument.Commit(run.Lake, [document], run.Id);
    }
}
