using Bf.Jobs.Spark;
using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Infra.Health;

/// <summary>Has Spark count rows, which takes the Connect server, and an executor on a worker.</summary>
internal sealed class SparkConnectProbe(string remote, TimeProvider clock) : IHealthProbe
{
    private const long Rows = 1000;

    // by then an idle cluster has counted; what is left of the time serves to find out why this one has not
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1.5);

    private readonly SparkAddress _address = SparkAddress.Parse(remote);

    /// <inheritdoc/>
    public string Address => _address.ToString();

    /// <inheritdoc/>
    public (string Host, int Port) Listens => (_address.Host, _address.Port);

    /// <inheritdoc/>
    public Finding Ask(TimeSpan within, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(within > 2 * Rest ? within - Rest : within / 2, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        string? version = null;
        try
        {
            using var session = SparkSession.Open(_address, either.Token);
            version = session.Version;
            long? count = null;
            foreach (var batch in session.Query($"SELECT count(*) AS n FROM range({Rows})", null, either.Token))
            {
                count = batch.Rows > 0 ? batch.Longs(0)[0] : count;
            }

            return count == Rows ? new(version, $"{Rows} rows counted") : throw new JobException($"Spark counted {count} rows of {Rows}");
        }
        catch (OperationCanceledException) when (version is not null && !cancel.IsCancellationRequested)
        {
            return new(version, Busy(cancel));
        }
    }

    /// <summary>What the cluster does instead of counting: other runs of bf may have taken all cores, and then it is well.</summary>
    private string Busy(CancellationToken cancel)
    {
        using var jobs = SparkJobs.Open(remote, clock, cancel);
        var running = jobs.List(cancel).Count(j => !j.IsLost);
        return running > 0 ? $"it answers; a count waits behind {(running == 1 ? "a run" : $"{running} runs")} of bf (bf spark jobs)"
            : throw new WaitsForException(InfraService.SparkWorker, "it answers, but a count did not end: no worker is there for it, or others have all cores");
    }
}
