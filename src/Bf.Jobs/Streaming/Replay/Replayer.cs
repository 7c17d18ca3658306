using Bf.Core.Exchange;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Streaming.Bus;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Streaming.Replay;

/// <summary>Puts bars into a target at their pace: each when its time has come, none before, and paused whenever that is asked.</summary>
/// <param name="bars">The bars.</param>
/// <param name="pace">When they are due.</param>
/// <param name="target">Where they go.</param>
/// <param name="clock">The time.</param>
/// <param name="cancel">Ends the replay.</param>
internal sealed class Replayer(ReplayBars bars, ReplayPace pace, IReplayTarget target, TimeProvider clock, CancellationToken cancel)
{
    private const int Often = 1024; // so many bars are sent between two looks around
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);
    private readonly ReplayClock _run = new(clock);
    private readonly Backoff _wait = new(clock);
    private readonly Rate _rate = new(clock);
    private long _ts;
    private bool _isPaused;
    private TimeSpan _begun;
    private readonly ReplayTrace _trace = new(target);
    private long _told;

    /// <summary>For each partition the last bar that it has already; null for none.</summary>
    public IReadOnlyList<TopicEnd?>? Ends { get; init; }

    /// <summary>The topic, for traces and metrics; null where it is none of Kafka.</summary>
    public string? Topic { get; init; }

    /// <summary>Whether it is to pause; asked several times a second.</summary>
    public Func<bool> Paused { get; init; } = () => false;

    /// <summary>Hears how far it is, some times a second.</summary>
    public Action<ReplayProgress> Progress { get; init; } = _ => { };

    /// <summary>Bars sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Bars that were there already.</summary>
    public long Skipped { get; private set; }

    /// <summary>The first time sent.</summary>
    public long? First { get; private set; }

    /// <summary>The last time sent.</summary>
    public long? Last { get; private set; }

    /// <summary>The time from the first read to the last bar's arrival, without pauses.</summary>
    public TimeSpan Took => _run.Wall;

    /// <summary>Sends all, and returns when all have arrived.</summary>
    public void Run()
    {
        try
        {
            foreach (var rows in bars.Read())
            {
                Send(rows);
            }
        }
        finally
        {
            _trace.End(); // also of the time at which it failed
        }

        for (target.Hurry(); target.Pending > 0; target.Hurry())
        {
            Look();
        }

        Look(); // hears what went wrong at the very end
    }

    private void Send(DuckResult rows)
    {
        Span<byte> value = stackalloc byte[BarJson.MaxLength(256)];
        var ts = rows.Column<long>(0);
        var open = rows.Column<double>(2);
        var high = rows.Column<double>(3);
        var low = rows.Column<double>(4);
        var close = rows.Column<double>(5);
        var adjusted = rows.Column<double>(6);
        var volume = rows.Column<long>(7);
        for (var i = 0; i < rows.Rows; i++)
        {
            var symbol = rows.Bytes(1, i);
            var partition = KeyPartition.Of(symbol, target.Partitions);
            if (Ends?[partition] is { } end && !end.IsBefore(ts[i], symbol))
            {
                Skipped++;
                continue;
            }

            if (Last is null || ts[i] != _ts)
            {
                Await(ts[i]);
                _trace.Begin(Topic, ts[i]);
            }

            var room = BarJson.MaxLength(symbol.Length) <= value.Length ? value : new byte[BarJson.MaxLength(symbol.Length)];
            var length = BarJson.Write(room, symbol, new("", ts[i], open[i], high[i], low[i], close[i], adjusted[i], volume[i]));
            while (!target.TryPut(partition, symbol, room[..length], rows.Bytes(8, i)))
            {
                Look();
                _wait.Wait(Moment);
            }

            _trace.Sent();
            Last = ts[i];
            if (++Sent % Often == 0)
            {
                Look();
            }
        }
    }

    /// <summary>Waits until the bars of a time are due.</summary>
    private void Await(long ts)
    {
        if (First is null)
        {
            _run.Look();
            _begun = _run.Elapsed;
            First = ts;
        }

        _ts = ts;
        pace.GoTo(ts);
        for (Look(); pace.Due > _run.Elapsed - _begun; Look())
        {
            var rest = pace.Due - (_run.Elapsed - _begun);
            _wait.Wait(rest < LongestWait ? rest : LongestWait);
        }
    }

    private void Look()
    {
        _run.Look(_isPaused);
        for (_isPaused = Paused(); ; _isPaused = Paused())
        {
            cancel.ThrowIfCancellationRequested();
            target.Tick();
            Tell();
            if (_rate.Passed >= Between)
            {
                Progress(new(_ts, Sent + Skipped, bars.Count, _rate.Look(Sent), _isPaused || _run.Elapsed - _begun < pace.Due ? TimeSpan.Zero : _run.Elapsed - _begun - pace.Due, target.Pending, _isPaused));
            }

            if (!_isPaused)
            {
                return;
            }

            _wait.Wait(LongestWait);
            _run.Look(paused: true);
        }
    }

    private void Tell()
    {
        if (Topic is not null && Meters.IsOn)
        {
            Instruments.ReplayBars.Record(Sent - _told, Topic);
            Instruments.ReplayLag.Record(Math.Max(0, (_run.Elapsed - _begun - pace.Due).TotalSeconds), Topic);
            _told = Sent;
        }
    }

    /// <summary>Bars a second since the last look.</summary>
    private sealed class Rate(TimeProvider clock)
    {
        private long _at = clock.GetTimestamp();
        private long _bars;

        public TimeSpan Passed => clock.GetElapsedTime(_at);

        public double Look(long bars)
        {
            var rate = (bars - _bars) / Math.Max(Passed.TotalSeconds, 1e-3);
            (_at, _bars) = (clock.GetTimestamp(), bars);
            return rate;
        }
    }
}
