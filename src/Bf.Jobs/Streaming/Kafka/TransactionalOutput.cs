using System.Runtime.ExceptionServices;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>
/// Sends rows from a thread of its own: a transaction takes some milliseconds, and what comes meanwhile goes together in the next.
/// Final rows are there all or not at all; provisional ones go before or after, as they come, and are not worth waiting for.
/// </summary>
internal sealed class TransactionalOutput : IDisposable
{
    private const int MostWaiting = 20_000;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly SignalProducer _producer;
    private readonly Thread _sender;
    private readonly object _gate = new();
    private List<SignalMessage> _waiting = [];
    private long _put;
    private long _taken;
    private long _sent; // all rows that were put before this many are committed
    private bool _ended;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Takes the output over from whoever had it; a transaction that it left open is undone.</summary>
    /// <param name="kafka">Where Kafka is.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="id">The output's name: of all that use it, only the last can send.</param>
    /// <param name="clock">The clock of waits.</param>
    public TransactionalOutput(KafkaSettings kafka, string topic, string id, TimeProvider clock)
    {
        _producer = new(kafka, topic, id, clock);
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
            _put += messages.Count;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Returns once all final rows are committed.</summary>
    public void Flush() => Seal()();

    /// <summary>Draws a line below what was put so far.</summary>
    /// <returns>Returns once all final rows above the line are committed, whatever is put meanwhile.</returns>
    public Action Seal()
    {
        long line;
        lock (_gate)
        {
            line = _put;
        }

        return () =>
        {
            lock (_gate)
            {
                while (_sent < line && _failure is null)
                {
                    Monitor.Wait(_gate);
                }

                _failure?.Throw();
            }
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }

        // while Kafka is away a transaction may take minutes; the process need not
        if (_sender.Join(Farewell))
        {
            _producer.Dispose();
        }
    }

    private void Send()
    {
        try
        {
            while (Take() is { } messages)
            {
                Send(messages);
                lock (_gate)
                {
                    _sent = _taken;
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
            _taken += taken.Count;
            Monitor.PulseAll(_gate);
            return taken;
        }
    }

    private void Send(List<SignalMessage> messages)
    {
        var final = messages.FindAll(m => m.Final);
        if (final.Count > 0)
        {
            _producer.Commit(final);
        }

        // of what was put meanwhile only the last of each row is still worth telling
        _producer.Tell(messages.FindAll(m => !m.Final).GroupBy(m => m.Row).Select(g => g.Last()).Where(p => !final.Exists(f => f.Row == p.Row)));
    }
}
