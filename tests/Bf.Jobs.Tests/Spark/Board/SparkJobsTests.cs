using Bf.Jobs.Spark;
using Bf.Jobs.Spark.Board;
using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Tests.Spark.Board;

/// <summary>Runs on the real Spark, seen and ended from elsewhere.</summary>
public sealed class SparkJobsTests
{
    // some minutes on two cores, in tasks that end soon when they are told to
    private const string Long = "SELECT count(*) FROM range(0, 400000000000) WHERE hash(id) = 1";

    private static string Remote => Stack.Shared("spark").Settings["SPARK_REMOTE"];

    [Fact]
    public void What_runs_is_listed_with_its_command_and_stages_until_it_is_over()
    {
        using var jobs = SparkJobs.Open(Remote, TimeProvider.System);
        using (var run = new Run("what_runs"))
        {
            var job = run.Wait(jobs, j => j.Stages.Any(s => s.Tasks > 0));

            Assert.Equal(("long count what_runs", SparkRun.Me, false), (job.Command, job.By, job.IsLost));
            Assert.InRange(job.Silent.TotalSeconds, 0, 20);
            Assert.All(job.Stages, s => Assert.InRange(s.DoneTasks, 0, s.Tasks));
            run.End();
            Assert.IsAssignableFrom<OperationCanceledException>(run.Failure());
        }

        Assert.DoesNotContain(jobs.List(), j => j.Run == "what_runs");
    }

    [Fact]
    public void A_run_that_another_process_cancels_ends_with_a_word_who_did_it()
    {
        using var jobs = SparkJobs.Open(Remote, TimeProvider.System);
        using var run = new Run("cancelled");
        run.Wait(jobs, j => j.Stages.Any(s => s.Tasks > 0));

        var ended = Assert.Single(jobs.Cancel("cancel"));

        Assert.Equal(("cancelled", 1), (ended.Job.Run, ended.Statements));
        Assert.Contains($"cancelled by {SparkRun.Me}", Assert.IsType<JobException>(run.Failure()).Message);
        run.Dispose();
        Assert.DoesNotContain(jobs.List(), j => j.Run == "cancelled");
    }

    [Fact]
    public void Only_the_run_that_is_named_is_ended()
    {
        using var jobs = SparkJobs.Open(Remote, TimeProvider.System);
        using var one = new Run("named-1");
        using var two = new Run("named-2");
        one.Wait(jobs, _ => true);
        two.Wait(jobs, _ => true);

        Assert.Contains("named-1, named-2", Assert.Throws<JobException>(() => jobs.Cancel("named")).Message);
        Assert.Contains("bf spark jobs", Assert.Throws<JobException>(() => jobs.Cancel("nobody")).Message);
        Assert.Equal("named-1", Assert.Single(jobs.Cancel("named-1")).Job.Run);

        Assert.IsType<JobException>(one.Failure());
        Assert.Contains(jobs.List(), j => j.Run == "named-2");
    }

    [Fact]
    public void A_run_whose_process_was_killed_is_ended_all_the_same_and_taken_down()
    {
        using var jobs = SparkJobs.Open(Remote, TimeProvider.System);
        using var session = SparkSession.Open(SparkAddress.Parse(Remote));
        var place = new SessionPlace(Guid.Parse(session.Id), Guid.Parse(session.ServerSideId), session.Server.User.UserId);
        var now = DateTimeOffset.UtcNow;
        session.Set(new RunNote { Run = "killed", Command = "c", By = "b", Began = now, Alive = now }.ToSettings());
        RunBoard.Post(session, place);

        Assert.Equal((Left.Before, 0), Assert.Single(jobs.Cancel("killed")) is var c ? (c.Left, c.Statements) : default);
        Assert.DoesNotContain(jobs.List(), j => j.Run == "killed");
    }

    [Fact]
    public void Sessions_that_ended_without_a_word_are_forgotten()
    {
        using var jobs = SparkJobs.Open(Remote, TimeProvider.System);
        using var here = SparkSession.Open(SparkAddress.Parse(Remote));
        SessionPlace[] places = [new(Guid.NewGuid(), Guid.NewGuid(), "nobody"), new(Guid.Parse(here.Id), Guid.Parse(here.ServerSideId), here.Server.User.UserId)];
        Assert.All(places, p => RunBoard.Post(here, p));
        Assert.Subset(RunBoard.Read(here, default).ToHashSet(), places.ToHashSet());

        jobs.List(); // the one is no session, and the other tells of no run

        Assert.DoesNotContain(RunBoard.Read(here, default), places.Contains);
    }

    /// <summary>A long statement on another thread.</summary>
    private sealed class Run : IDisposable
    {
        private readonly string _name;
        private readonly CancellationTokenSource _end = new();
        private readonly SparkCluster _cluster;
        private readonly Task<Exception?> _work;
        private bool _disposed;

        public Run(string name)
        {
            _name = name;
            _cluster = SparkCluster.Open(new(Remote, "none", [], _ => { }) { Command = $"long count {name}" });
            _cluster.WorkFor(name);
            _work = Task.Run(() => Record.Exception(() => _cluster.Query(Long, _ => { }, _end.Token)));
        }

        /// <summary>The run as it is listed, once it is as it should be.</summary>
        public SparkJob Wait(SparkJobs jobs, Func<SparkJob, bool> wanted)
        {
            for (var deadline = Environment.TickCount64 + 60_000; Environment.TickCount64 < deadline && !_work.IsCompleted; Thread.Sleep(100))
            {
                if (jobs.List().FirstOrDefault(j => j.Run == _name) is { } job && wanted(job))
                {
                    return job;
                }
            }

            throw new TimeoutException($"{_name} was not seen on the board");
        }

        public void End() => _end.Cancel();

        public Exception? Failure() => _work.WaitAsync(TimeSpan.FromSeconds(60)).GetAwaiter().GetResult();

        public void Dispose()
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _end.Cancel();
            Failure();
            _cluster.Dispose();
            _end.Dispose();
        }
    }
}
