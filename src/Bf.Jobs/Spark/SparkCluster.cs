using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bf.Jobs.Spark.Board;
using Bf.Jobs.Spark.Connect;
using Bf.Jobs.Spark.Connect.Arrow;

namespace Bf.Jobs.Spark;

/// <summary>A session on a Spark cluster on which bf's worker runs.</summary>
public sealed class SparkCluster : IDisposable
{
    private readonly SparkOptions _options;
    private SparkRun _run;
    private string? _works;
    private string? _worker;

    private SparkCluster(SparkOptions options, SparkSession session) =>
        (_options, Session, _run) = (options, session, SparkRun.Begin(session, options.Command, options.Clock));

    /// <summary>The session.</summary>
    internal SparkSession Session { get; private set; }

    /// <summary>Connects.</summary>
    /// <exception cref="ServiceDownException">Nobody answers.</exception>
    /// <exception cref="JobException">The address makes no sense, or the worker was not built.</exception>
    public static SparkCluster Open(SparkOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var session = Connect(options, cancel);
        try
        {
            return new(options, session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Does work that leaves nothing behind. A server that was started anew meanwhile has forgotten it: then it is done once more.</summary>
    internal T Repeat<T>(Func<T> work, CancellationToken cancel)
    {
        try
        {
            return work();
        }
        catch (SparkException e) when (SparkErrors.IsSessionGone(e.ErrorClass) && !cancel.IsCancellationRequested)
        {
            Log.Debug($"{e.Message}; once more");
            Reopen(cancel);
            return work();
        }
    }

    /// <summary>Names the run that the cluster works for, as <c>bf spark jobs</c> shows it.</summary>
    /// <exception cref="ServiceDownException">The server stopped answering.</exception>
    internal void WorkFor(string run)
    {
        _run.Name(_works = run);
        if (_run.IsLost)
        {
            throw Session.Server.Down("it stopped answering"); // what comes next would wait as long again
        }
    }

    /// <summary>A lake's root, or a folder of it, as Spark names it.</summary>
    internal static string Url(string root) =>
        root.StartsWith("s3://", StringComparison.Ordinal) ? $"s3a://{root[5..]}" : root.Contains("://", StringComparison.Ordinal) ? root : FileUrl(Path.GetFullPath(root));

    /// <summary>Hadoop takes a path's characters as they stand: a space written %20 would be another folder.</summary>
    private static string FileUrl(string path) => path.StartsWith('/') ? $"file://{path}" : $"file:///{path.Replace('\\', '/')}";

    /// <summary>A table of a lake in a statement, by its place.</summary>
    internal static string Table(string place) => $"delta.`{Url(place).Replace("`", "``", StringComparison.Ordinal)}`";

    /// <summary>Brings the worker and what it is to do to the executors; gives the command by which a TRANSFORM runs it there.</summary>
    /// <param name="mode">The worker's mode.</param>
    /// <param name="spec">What it is to do, as the mode reads it.</param>
    /// <param name="cancel">Ends it.</param>
    internal string Worker(string mode, string spec, CancellationToken cancel = default)
    {
        if (_worker is null)
        {
            if (!File.Exists(_options.WorkerFile))
            {
                throw new JobException($"the worker that Spark's executors are sent is not at {_options.WorkerFile}. The build puts it there: run ./bf once more, or see artifacts/build-worker.log for why it did not");
            }

            using var file = File.OpenRead(_options.WorkerFile);
            var name = $"bf-worker-{Hash(SHA256.HashData(file))}";
            file.Position = 0;
            _worker = Session.Upload(name, file, cancel);
        }

        var bytes = Encoding.UTF8.GetBytes(spec);
        using var content = new MemoryStream(bytes, writable: false);
        return $"{_worker} {mode} {Session.Upload($"{mode}-{Hash(SHA256.HashData(bytes))}", content, cancel)}";
    }

    /// <summary>Runs a command.</summary>
    internal void Execute(string sql, CancellationToken cancel) => Guarded((watch, end) => Session.Execute(sql, watch, end), cancel);

    /// <summary>Runs a query, and hands its batches over as they come.</summary>
    internal void Query(string sql, Action<ArrowBatch> take, CancellationToken cancel) => Guarded((watch, end) =>
    {
        foreach (var batch in Session.Query(sql, watch, end))
        {
            take(batch);
        }
    }, cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        Session.Dispose();
    }

    private void Guarded(Action<SparkWatch, CancellationToken> run, CancellationToken cancel)
    {
        var watch = new SparkWatch(w => _options.Progress(Say(w)));
        _run.Follow(watch);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, _run.Cancelled);
        using var guard = new SparkGuard(_options, watch, end.Token);
        try
        {
            run(watch, guard.Cancel);
        }
        catch (Exception e) when (guard.Explain(e) is { } reason)
        {
            throw reason;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && _run.Explain(e) is { } reason)
        {
            throw reason;
        }
    }

    private void Reopen(CancellationToken cancel)
    {
        var session = Connect(_options, cancel);
        try
        {
            var run = SparkRun.Begin(session, _options.Command, _options.Clock);
            Dispose();
            (Session, _run, _worker) = (session, run, null);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        if (_works is { } name)
        {
            WorkFor(name);
        }
    }

    private static SparkSession Connect(SparkOptions options, CancellationToken cancel)
    {
        var session = SparkSession.Open(SparkAddress.Parse(options.Remote), cancel);
        try
        {
            session.Set(
                ("spark.sql.session.timeZone", "UTC"),
                ("spark.sql.ansi.enabled", "true"), // a sum that does not fit is an error, as it is here
                ("spark.databricks.delta.snapshotPartitions", "2")); // of 50 the first look at a table takes seconds
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static string Say(SparkWatch watch) =>
        watch.Stages.LastOrDefault(s => !s.Done && s.DoneTasks > 0) is { Tasks: > 0 } stage || (stage = watch.Stages.FirstOrDefault(s => !s.Done)).Tasks > 0
            ? $"Spark: stage {stage.Id}, {stage.DoneTasks} of {stage.Tasks} tasks, {watch.RunningTasks} running{(stage.BytesRead > 0 ? string.Create(CultureInfo.InvariantCulture, $", {stage.BytesRead / 1e6:0.0} MB read") : "")}"
            : "Spark: planning";

    private static string Hash(byte[] hash) => Convert.ToHexStringLower(hash)[..16];
}
