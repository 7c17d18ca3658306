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

    /// <summary>The runs, the oldest first. Those that ended without a word are forgotten.</summary>
    public IReadOnlyList<SparkJob> List(CancellationToken cancel = default)
    {
        List<SparkJob> jobs = [];
        Each((_, job) => jobs.Add(job), cancel);
        return [.. jobs.OrderBy(j => j.Began)];
    }

    /// <summary>Ends runs on the cluster, and waits until their processes have heard of it.</summary>
    /// <param name="run">A run's name, the beginning of one, or <c>all</c>.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="JobException">There is no such run, or more than one.</exception>
    public IReadOnlyList<CancelledJob> Cancel(string run, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(run);
        List<SparkJob> jobs = [];
        Each((_, job) => jobs.Add(job), cancel);
        var chosen = run == "all" ? jobs : jobs.FindAll(j => j.Run == run) is { Count: > 0 } exact ? exact : jobs.FindAll(j => j.Run.StartsWith(run, StringComparison.Ordinal));
        if (run != "all" && chosen.Count != 1)
        {
            throw new JobException(chosen.Count > 1 ? $"{chosen.Count} runs begin with '{run}': {string.Join(", ", chosen.Select(j => j.Run))}; name one"
                : $"bf runs nothing named '{run}' on this cluster{(jobs.Count == 0 ? "" : $", but {string.Join(", ", jobs.Select(j => j.Run))}")}; see what runs with: bf spark jobs");
        }

        var names = chosen.ConvertAll(j => j.Run);
        List<(SessionPlace Place, SparkJob Job, int Statements)> ended = [];
        Each((other, job) =>
        {
            if (names.Contains(job.Run))
            {
                // first who wants it: the run that finds its statement ended looks there for the reason
                other.Note([(RunNote.Cancelled, SparkRun.Me)], cancel);
                ended.Add((other.Place, job, other.Interrupt(cancel)));
            }
        }, cancel);
        return [.. Left(ended, cancel).OrderBy(c => c.Job.Began)];
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private List<CancelledJob> Left(List<(SessionPlace Place, SparkJob Job, int Statements)> ended, CancellationToken cancel)
    {
        var until = _clock.GetTimestamp();
        while (true)
        {
            var there = RunBoard.Read(_session, cancel).ToHashSet();
            foreach (var (place, _, _) in ended.Where(e => e.Job.IsLost && there.Remove(e.Place)))
            {
                RunBoard.Remove(_session, place, cancel); // nobody is left to do it
            }

            if (!ended.Exists(e => there.Contains(e.Place)) || _clock.GetElapsedTime(until) > Patience)
            {
                return ended.ConvertAll(e => new CancelledJob(e.Job, e.Statements, !there.Contains(e.Place)));
            }

            cancel.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200));
            cancel.ThrowIfCancellationRequested();
        }
    }

    private void Each(Action<OtherSession, SparkJob> take, CancellationToken cancel)
    {
        foreach (var place in RunBoard.Read(_session, cancel))
        {
            using var other = new OtherSession(_session.Server.Address, place);
            if (other.Notes(cancel) is { } notes && RunNote.Of(notes) is { } note && _clock.GetUtcNow() - note.Alive is var silent && silent < Forgotten)
            {
                take(other, new(note.Run, note.Command, note.By, note.Began, silent > TimeSpan.Zero ? silent : TimeSpan.Zero,
                    [.. note.Stages.Select(s => new SparkJobStage(s.Id, s.Tasks, s.DoneTasks, s.BytesRead, s.Done))]));
            }
            else
            {
                RunBoard.Remove(_session, place, cancel);
            }
        }
    }
}
