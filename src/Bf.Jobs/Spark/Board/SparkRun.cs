using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Spark.Board;

/// <summary>
/// This process's run on the board: tells every two seconds that it is alive and how far it is, and looks whether another process wants it to end.
/// A cluster that can't keep a board is no reason to fail.
/// </summary>
internal sealed class SparkRun : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // the board is no reason to wait for a server that is silent or gone
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly SparkSession _session;
    private readonly OtherSession _own;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _cancelled = new();
    private readonly Thread _thread;
    private readonly bool _posted;
    private volatile RunNote _note;
    private volatile SparkWatch? _watch;
    private volatile string? _by;

    private SparkRun(SparkSession session, string command, TimeProvider clock)
    {
        (_session, _clock) = (session, clock);
        _own = new(session.Server.Address, new(Guid.Parse(session.Id), Guid.Parse(session.ServerSideId), session.Server.User.UserId));
        var now = clock.GetUtcNow();
        _note = new() { Run = session.Id[..8], Command = command, By = Me, Began = now, Alive = now };
        Name(_note.Run);
        _posted = !_own.IsGone && Try(() => RunBoard.Post(session, _own.Place));
        if (session.Server.IsGone || _own.IsGone)
        {
            _own.Dispose();
            throw session.Server.Down("it stopped answering");
        }

        _thread = new Thread(Beat) { IsBackground = true, Name = "spark board" };
        _thread.Start();
    }

    /// <summary>Who runs this process, and where.</summary>
    public static string Me { get; } = $"{Environment.UserName}@{Environment.MachineName}";

    /// <summary>Is cancelled when another process wants this run to end.</summary>
    public CancellationToken Cancelled => _cancelled.Token;

    /// <summary>Whether the server did not answer when it was spoken to last.</summary>
    public bool IsLost => _own.IsGone;

    /// <summary>Puts a session on the board.</summary>
    public static SparkRun Begin(SparkSession session, string command, TimeProvider clock) => new(session, command, clock);

    /// <summary>Names the run, as soon as it has a name.</summary>
    public void Name(string run)
    {
        _note = _note with { Run = run };
        _session.Server.Tag = $"bf-run={run}";
        Try(() => _own.Note(_note.ToSettings(), CancellationToken.None));
    }

    /// <summary>Tells from now on how far a statement is.</summary>
    public void Follow(SparkWatch watch) => _watch = watch;

    /// <summary>What to say instead of an error, where the run was ended from elsewhere; null where it was not.</summary>
    public JobException? Explain(Exception error)
    {
        if (error is not (OperationCanceledException or SparkException { ErrorClass: "OPERATION_CANCELED" }))
        {
            return null;
        }

        using var patience = new CancellationTokenSource(Patience);
        Try(() => Look(patience.Token));
        return _by is { } by ? new($"cancelled by {by} (bf spark cancel); nothing of this run was written. Run the command again")
            : error is SparkException ? new("the statement was cancelled on the cluster, by its administrator or on Spark's own page; nothing of this run was written. Run the command again")
            : null;
    }

    public void Dispose()
    {
        _over.Cancel();
        _thread.Join();
        if (_posted && !_session.Server.IsGone)
        {
            using var patience = new CancellationTokenSource(Patience);
            Try(() =>
            {
                if (_session.Server.Answers(Patience, patience.Token))
                {
                    RunBoard.Remove(_session, _own.Place, patience.Token);
                }
            });
        }

        _own.Dispose();
        _over.Dispose();
        _cancelled.Dispose();
    }

    private void Beat()
    {
        while (!_over.Token.WaitHandle.WaitOne(Pause))
        {
            Try(() =>
            {
                _own.Note((_note with { Alive = _clock.GetUtcNow(), Stages = _watch?.Stages ?? [] }).ToSigns(), _over.Token);
                Look(_over.Token);
            });
            if (_by is not null)
            {
                _cancelled.Cancel();
                return;
            }
        }
    }

    private void Look(CancellationToken cancel) => _by ??= _own.Notes(cancel)?.GetValueOrDefault(RunNote.Cancelled[RunNote.Prefix.Length..]);

    private static bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception e) when (e is JobException or ServiceDownException or OperationCanceledException)
        {
            Log.Debug($"spark board: {e.Message}");
            return false;
        }
    }
}
