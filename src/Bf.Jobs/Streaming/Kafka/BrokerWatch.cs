namespace Bf.Jobs.Streaming.Kafka;

/// <summary>Says once that Kafka is gone, and once that it is back. librdkafka tells of lost connections only, also of ones that were merely idle: so the broker is asked.</summary>
/// <param name="servers">Where it is.</param>
/// <param name="answers">Asks it; false after a while without an answer.</param>
/// <param name="backoff">Waits between two questions.</param>
internal sealed class BrokerWatch(string servers, Func<bool> answers, Backoff backoff) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task _looking = Task.CompletedTask;
    private volatile bool _ended;

    /// <summary>Whether it did not answer when it was last asked.</summary>
    public bool IsDown { get; private set; }

    /// <summary>The connections are lost.</summary>
    public void Suspect()
    {
        lock (_gate)
        {
            if (_looking.IsCompleted && !_ended)
            {
                _looking = Task.Factory.StartNew(Look, TaskCreationOptions.LongRunning);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
        }

        _looking.Wait();
    }

    private void Look()
    {
        while (!_ended && !answers())
        {
            if (!IsDown)
            {
                IsDown = true;
                Log.Warn($"Kafka at {servers} does not answer; waiting for it, nothing is lost");
            }

            backoff.Wait(Pause);
        }

        if (IsDown && !_ended)
        {
            IsDown = false;
            Log.Warn($"Kafka at {servers} is back");
        }
    }
}
