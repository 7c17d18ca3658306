using Bf.Jobs.Streaming.Sinks;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>
/// Results as messages of a topic. Final rows come exactly once, as far as a reader sees who reads what is committed: they go in transactions, and what
/// stands in the topic already is not sent again after a restart. A row that changes comes again, with all that it says then; so the last message of a key and time holds.
/// </summary>
/// <param name="kafka">Where Kafka is.</param>
/// <param name="group">The group whose results they are: of its members one sends.</param>
/// <param name="clock">The clock of waits.</param>
/// <param name="topic">The topic.</param>
internal sealed class KafkaSink(KafkaSettings kafka, string group, TimeProvider clock, string topic = KafkaSink.DefaultTopic) : IResultSink
{
    /// <summary>The topic, unless another is named.</summary>
    public const string DefaultTopic = "breadth_signals";

    private readonly Dictionary<string, UInt128> _provisional = [];
    private TransactionalOutput? _output;
    private CommittedRows? _rows;

    /// <inheritdoc/>
    public string Name => "kafka";

    /// <inheritdoc/>
    public bool TakesProvisional => true;

    /// <inheritdoc/>
    public void Begin(long from, long epoch)
    {
        _output?.Dispose();
        _output = null;
        _provisional.Clear();
        using var topics = new KafkaTopics(kafka);
        var (partitions, _) = topics.Ensure(topic, 1);
        // first the output, so that nothing can be added any more to what is read then
        _output = new(kafka, topic, $"bf-{group}-{topic}", clock);
        _rows = CommittedRows.Read(kafka, topic, partitions, from, clock);
    }

    /// <inheritdoc/>
    /// <exception cref="OutputTakenException">Another member sends now.</exception>
    public void Put(ResultBatch batch)
    {
        if (_output is not { } output || _rows is not { } rows)
        {
            throw new InvalidOperationException("nothing was begun");
        }

        var messages = new List<SignalMessage>();
        var origin = Span.CurrentParent();
        foreach (var message in SignalMessages.Of(batch))
        {
            var latest = rows.Latest;
            // after a restart a time that was told as final is open again, until all partitions have said the same once more
            if (message.Final ? rows.Change(message) : !rows.Has(message.Row) && IsNews(message))
            {
                messages.Add((message.Final ? message with { Latest = latest } : message) with { Origin = origin, Since = batch.Since });
            }
        }

        if (messages.Count > 0)
        {
            output.Put(messages);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="OutputTakenException">Another member sends now.</exception>
    public void Flush() => _output?.Flush();

    /// <inheritdoc/>
    /// <exception cref="OutputTakenException">Another member sends now.</exception>
    public Action Seal() => _output?.Seal() ?? (static () => { });

    /// <inheritdoc/>
    public void Dispose() => _output?.Dispose();

    private bool IsNews(SignalMessage message)
    {
        // the time stands in the value
        var (key, print) = (message.Row.Key, SignalMessage.Print(message.Value));
        if (_provisional.TryGetValue(key, out var known) && known == print)
        {
            return false;
        }

        _provisional[key] = print;
        return true;
    }
}
