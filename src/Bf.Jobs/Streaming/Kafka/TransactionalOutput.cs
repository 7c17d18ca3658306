using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>
/// Sends rows from a thread of its own: a transaction takes some milliseconds, and what comes meanwhile goes together in the next.
/// Final rows are there all or not at all; provisional ones go before or after, as they come, and are not worth waiting for.
/// </summary>
internal sealed class TransactionalOutput : IDisposable
{
    // a broker that is started anew is waited for; as long as that, nobody reads past a transaction whose process died
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ProvisionalPatience = TimeSpan.FromSeconds(10);

    private const int MostWaiting = 20_000;

    private readonly KafkaSettings _kafka;
    private readonly string _topic;
    private readonly TimeProvider _clock;
    private readonly Backoff _backoff;
    private readonly IProducer<byte[], byte[]> _final;
    private readonly IProducer<byte[], byte[]> _provisional;
    private readonly Thread _sender;
    private readonly object _gate = new();
    private List<SignalMessage> _waiting = [];
    private bool _isSending;
    private bool _ended;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Takes the output over from whoever had it; a transaction that it left open is undone.</summary>
    /// <param name="kafka">Where Kafka is.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="id">The output's name: of all that use it, only the last can send.</param>
    /// <param name="clock">The clock of waits.</param>
    public TransactionalOutput(KafkaSettings kafka, string topic, string id, TimeProvider clock)
    {
        (_kafka, _topic, _clock, _backoff) = (kafka, topic, clock, new(clock));
        _final = Producer(new(kafka.Client())
        {
            TransactionalId = id,
            TransactionTimeoutMs = (int)Patience.TotalMilliseconds,
            CompressionType = CompressionType.Lz4,
            LingerMs = 0,
            RetryBackoffMs = 5, // a broker that still ends the transaction before is asked again soon
            QueueBufferingMaxKbytes = 128 * 1024,
        });
        _provisional = Producer(new(kafka.Client())
        {
            EnableIdempotence = true,
            CompressionType = CompressionType.Lz4,
            LingerMs = 1,
            MessageTimeoutMs = (int)ProvisionalPatience.TotalMilliseconds,
        });
        try
        {
            Persist(() => _final.InitTransactions(TimeSpan.FromSeconds(30)));
        }
        catch
        {
            _final.Dispose();
            _provisional.Dispose();
            throw;
        }

        _sender = new(Send) { IsBackground = true, Name = "kafka output" };
        _sender.Start();
    }

    /// <summary>Takes rows; waits while too many are waiting.</summary>
    public void Put(IReadOnlyList<SignalMessage> messages)
    {
        lock (_gate)
        {
            while (_waiting.Count > MostWaiting && _failure is null)
            {
                Monitor.Wait(_gate);
            }

            _failure?.Throw();
            _waiting.AddRange(messages);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Returns once all final rows are committed.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            while ((_waiting.Count > 0 || _isSending) && _failure is null)
            {
                Monitor.Wait(_gate);
            }

            _failure?.Throw();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }

        _sender.Join();
        _provisional.Flush(TimeSpan.FromSeconds(1));
        _provisional.Dispose();
        _final.Dispose();
    }

    private static IProducer<byte[], byte[]> Producer(ProducerConfig config) =>
        new ProducerBuilder<byte[], byte[]>(config).SetLogHandler((_, m) => KafkaLog.Write(m)).SetErrorHandler((_, e) => KafkaLog.Write(e)).Build();

    private void Send()
    {
        try
        {
            while (Take() is { } messages)
            {
                Send(messages);
                lock (_gate)
                {
                    _isSending = false;
                    Monitor.PulseAll(_gate);
                }
            }
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private List<SignalMessage>? Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_ended)
            {
                Monitor.Wait(_gate);
            }

            if (_ended)
            {
                return null;
            }

            var taken = _waiting;
            _waiting = [];
            _isSending = true;
            Monitor.PulseAll(_gate);
            return taken;
        }
    }

    private void Send(List<SignalMessage> messages)
    {
        var final = messages.FindAll(m => m.Final);
        if (final.Count > 0)
        {
            // no provisional row may come after the final one
            _provisional.Flush(ProvisionalPatience);
            Commit(final);
        }

        foreach (var message in messages.FindAll(m => !m.Final).GroupBy(m => m.Row).Select(g => g.Last()).Where(p => !final.Exists(f => f.Row == p.Row)))
        {
            try
            {
                _provisional.Produce(_topic, Plain(message));
            }
            catch (ProduceException<byte[], byte[]> e) when (!e.Error.IsFatal)
            {
                KafkaLog.Write(e.Error);
            }
        }
    }

    private void Commit(List<SignalMessage> messages)
    {
        while (true)
        {
            try
            {
                Persist(_final.BeginTransaction);
                foreach (var message in messages)
                {
                    _final.Produce(_topic, Plain(message));
                }

                Persist(_final.CommitTransaction);
                return;
            }
            catch (KafkaTxnRequiresAbortException e)
            {
                KafkaLog.Write(e.Error);
                Persist(_final.AbortTransaction);
            }
            catch (ProduceException<byte[], byte[]> e) when (!e.Error.IsFatal)
            {
                KafkaLog.Write(e.Error);
                Persist(_final.AbortTransaction);
            }
            catch (KafkaException e)
            {
                throw Fault(e.Error);
            }
        }
    }

    private void Persist(Action step)
    {
        var began = _clock.GetTimestamp();
        while (true)
        {
            try
            {
                step();
                return;
            }
            catch (KafkaRetriableException e)
            {
                if (_clock.GetElapsedTime(began) > Patience)
                {
                    throw KafkaFault.Down(_kafka, e.Error.Reason);
                }

                _backoff.Wait(TimeSpan.FromMilliseconds(50));
            }
            catch (KafkaException e) when (e is not KafkaTxnRequiresAbortException)
            {
                throw Fault(e.Error);
            }
        }
    }

    private Exception Fault(Error error) => error.Code is ErrorCode.Local_Fenced or ErrorCode.ProducerFenced or ErrorCode.InvalidProducerEpoch or ErrorCode.Local_Fatal
        ? new OutputTakenException($"topic '{_topic}': another member of the group has taken the output over; this one sends no more ({error.Reason})")
        : KafkaFault.Of(error, _kafka);

    private static Message<byte[], byte[]> Plain(SignalMessage message)
    {
        var headers = new Headers { { "source", "bf"u8.ToArray() }, { "granularity", Encoding.UTF8.GetBytes(message.Granularity) } };
        if (message.Latest is { } latest)
        {
            headers.Add(CommittedRows.LatestHeader, Encoding.UTF8.GetBytes(latest.ToString(CultureInfo.InvariantCulture)));
        }

        return new() { Key = message.Key, Value = message.Value, Headers = headers };
    }
}

/// <summary>Another process sends in this one's place. What this one keeps elsewhere is not touched by that.</summary>
internal sealed class OutputTakenException(string message) : JobException(message);
