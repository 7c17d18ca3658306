using System.Globalization;
using System.Text;
using Bf.Jobs.Streaming.Traces;
using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>Sends final rows in transactions, and provisional ones beside them.</summary>
internal sealed class SignalProducer : IDisposable
{
    // a broker that is started anew is waited for; as long as that, nobody reads past a transaction whose process died
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ProvisionalPatience = TimeSpan.FromSeconds(10);

    // what a producer's queue holds with ease
    private const int MostAtOnce = 5_000;

    private readonly KafkaSettings _kafka;
    private readonly string _topic;
    private readonly TimeProvider _clock;
    private readonly Backoff _backoff;
    private readonly IProducer<byte[], byte[]> _final;
    private readonly IProducer<byte[], byte[]> _provisional;

    /// <summary>Takes the output over from whoever had it; a transaction that it left open is undone.</summary>
    /// <param name="kafka">Where Kafka is.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="id">The output's name: of all that use it, only the last can send.</param>
    /// <param name="clock">The clock of waits.</param>
    public SignalProducer(KafkaSettings kafka, string topic, string id, TimeProvider clock)
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
            Persist(() => _final.InitTransactions(TimeSpan.FromSeconds(15)), _clock.GetTimestamp());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Sends final rows; returns once they are committed. Provisional ones that were told before stand before them.</summary>
    public void Commit(List<SignalMessage> messages)
    {
        _provisional.Flush(ProvisionalPatience);
        for (var at = 0; at < messages.Count; at += MostAtOnce)
        {
            var part = messages.GetRange(at, Math.Min(MostAtOnce, messages.Count - at));
            var began = _clock.GetTimestamp();
            using var watch = OutputWatch.Begin(_topic, part, _clock);
            while (!TryCommit(part, began))
            {
                _backoff.Wait(TimeSpan.FromMilliseconds(50));
            }

            watch?.Done();
        }
    }

    /// <summary>Sends provisional rows and does not wait for them: one that is lost is followed by the final one.</summary>
    public void Tell(IEnumerable<SignalMessage> messages)
    {
        foreach (var message in messages)
        {
            try
            {
                _provisional.Produce(_topic, Plain(message));
            }
            catch (ProduceException<byte[], byte[]> e)
            {
                KafkaLog.Write(e.Error);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _provisional.Flush(TimeSpan.FromSeconds(1));
        _provisional.Dispose();
        _final.Dispose();
    }

    private static IProducer<byte[], byte[]> Producer(ProducerConfig config) =>
        new ProducerBuilder<byte[], byte[]>(config).SetLogHandler((_, m) => KafkaLog.Write(m)).SetErrorHandler((_, e) => KafkaLog.Write(e)).Build();

    /// <returns>False where the transaction had to be undone and may be tried again.</returns>
    private bool TryCommit(List<SignalMessage> messages, long began)
    {
        try
        {
            Persist(_final.BeginTransaction, began);
            foreach (var message in messages)
            {
                _final.Produce(_topic, Plain(message));
            }

            Persist(_final.CommitTransaction, began);
            return true;
        }
        catch (KafkaTxnRequiresAbortException e)
        {
            KafkaLog.Write(e.Error);
            Persist(_final.AbortTransaction, began);
            return IsWorthWaiting(began) ? false : throw KafkaFault.Of(e.Error, _kafka);
        }
        catch (ProduceException<byte[], byte[]> e)
        {
            throw Fault(e.Error);
        }
    }

    /// <summary>Does a step of a transaction, again and again where Kafka says that it may work later.</summary>
    private void Persist(Action step, long began)
    {
        while (true)
        {
            try
            {
                step();
                return;
            }
            catch (KafkaRetriableException e)
            {
                if (!IsWorthWaiting(began))
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

    private bool IsWorthWaiting(long began) => _clock.GetElapsedTime(began) < Patience;

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

        if (message.Origin is { } origin)
        {
            headers.Add(TraceHeader.Name, TraceHeader.Write(origin));
        }

        return new() { Key = message.Key, Value = message.Value, Headers = headers };
    }
}
