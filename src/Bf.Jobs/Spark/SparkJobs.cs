using Bf.Jobs.Spark.Board;
using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Spark;

/// <summary>What bf runs on a cluster: of any process on any machine that uses the same Spark Connect server.</summary>
public sealed class SparkJobs : IDisposable
{
    // after five minutes without a client Spark itself ends a statement
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly SparkSession _session;
    private readonly TimeProvider _clock;

    private SparkJobs(SparkSession session, TimeProvider clock) => (_session, _clock) = (session, clock);

    /// <summary>Connects to the server at <paramref name="address"/> (sc://host:port).</summary>
    /// <exception cref="ServiceDownException">There is no such server.</exception>
    public static SparkJobs Open(string address, TimeProvider clock, CancellationToken cancel = default) => new(SparkSession.Open(SparkAddress.Parse(address), cancel), clock);

    /// <summary>The runs, the oldest first. Those that ended without a word are forgotten after ten minutes.</summary>
    public IReadOnlyList<SparkJob> List(CancellationToken cancel = default)
    {
        List<SparkJob> jobs = [];
        Each((_, note) => jobs.Add(Job(note)), cancel);
        return [.. jobs.OrderBy(j => j.Began)];
    }

    /// <summary>Ends runs on the cluster, and waits until their processes have heard of it.</summary>
    /// <param name="run">A run's name, the beginning of one, or <c>all</c>.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="JobException">There is no such run, or more than one.</exception>
    public IReadOnlyList<CancelledJob> Cancel(string run, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(run);
        var names = Choose(run, List(cancel));
        List<Ending> endings = [];
        Each((other, note) =>
        {
            if (names.Contains(note.Run))
            {
                // first who wants it: the run that finds its statement ended looks there for the reason
                other.Note([(RunNote.Cancelled, SparkRun.Me)], cancel);
                endings.Add(new(other.Place, note, other.Interrupt(cancel)));
            }
        }, cancel);
        return [.. Await(endings, cancel).OrderBy(c => c.Job.Began)];
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static List<string> Choose(string run, IReadOnlyList<SparkJob> jobs)
    {
        var names = jobs.Select(j => j.Run).ToList();
        if (run == "all" || names.Contains(run))
        {
            return run == "all" ? names : [run];
        }

        return names.FindAll(n => n.StartsWith(run, StringComparison.Ordinal)) switch
        {
            [var only] => [only],
            [] => throw new JobException($"bf runs nothing named '{run}' on this cluster{(names.Count == 0 ? "" : $", but {string.Join(", ", names)}")}; see what runs with: bf spark jobs"),
            var several => throw new JobException($"{several.Count} runs begin with '{run}': {string.Join(", ", several)}; name one"),
        };
    }

    private List<CancelledJob> Await(List<Ending> endings, CancellationToken cancel)
    {
        var began = _clock.GetTimestamp();
        while (true)
        {
            var there = RunBoard.Read(_session, cancel).ToHashSet();
            if (!endings.Exists(e => there.Contains(e.Place)))
            {
                return endings.ConvertAll(e => new CancelledJob(e.Statements, Job(e.Note), Left.Itself));
            }

            if (_clock.GetElapsedTime(began) > Patience)
            {
                return endings.ConvertAll(e => new CancelledJob(e.Statements, Job(e.Note), !there.Contains(e.Place) ? Left.Itself : IsGone(e, cancel) ? Left.Before : Left.NotYet));
            }

            cancel.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200));
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Whether a run has said nothing since it was asked to end; then nobody is left to take it down.</summary>
    private bool IsGone(Ending ending, CancellationToken cancel)
    {
        using var other = new OtherSession(_session.Server.Address, ending.Place);
        if (other.Notes(cancel) is { } notes && RunNote.Of(notes) is { } note && note.Alive != ending.Note.Alive)
        {
            return false;
        }

        RunBoard.Remove(_session, ending.Place, cancel);
        return true;
    }

    private SparkJob Job(RunNote note)
    {
        var silent = _clock.GetUtcNow() - note.Alive;
        return new(note.Run, note.Command, note.By, note.Began, silent > TimeSpan.Zero ? silent : TimeSpan.Zero,
            [.. note.Stages.Select(s => new SparkJobStage(s.Id, s.Tasks, s.DoneTasks, s.BytesRead, s.Done))]);
    }

    private void Each(Action<OtherSession, RunNote> take, CancellationToken cancel)
    {
        foreach (var place in RunBoard.Read(_session, cancel))
        {
            using var other = new OtherSession(_session.Server.Address, place);
            if (other.Notes(cancel) is { } notes && RunNote.Of(notes) is { } note && _clock.GetUtcNow() - note.Alive < Forgotten)
            {
                take(other, note);
            }
            else
            {
                RunBoard.Remove(_session, place, cancel);
            }
        }
    }

    private sealed record Ending(SessionPlace Place, RunNote Note, int Statements);
}
