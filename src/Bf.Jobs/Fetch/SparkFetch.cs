using System.Globalization;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Spark;
using Bf.Sources.Exchange;
using Bf.Sources.Fetch;

namespace Bf.Jobs.Fetch;

/// <summary>
/// Asks for symbols from the executors of a Spark cluster: each task runs the worker on its share, and leaves what it was answered in a table of
/// the run. Only then it is read and committed. Where a symbol's past changed, its whole history is asked for by a second statement.
/// </summary>
internal sealed class SparkFetch(SparkCluster cluster, DataLake lake, FetchRequest request, string run, Stopwatches watch) : IFetchEngine
{
    private const int LineLength = 1 << 15;
    private int _statements;

    /// <inheritdoc/>
    public IEnumerable<Fetched> Fetch(IReadOnlyList<SymbolPlan> plans, CancellationToken cancel)
    {
        Staging.RemoveOld(lake);
        if (plans.Count == 0)
        {
            yield break;
        }

        cluster.WorkFor(run);
        var tasks = Cores(cancel);
        var again = new List<SymbolPlan>();
        foreach (var (plan, outcome) in Ask(plans, p => p.Missing, tasks, cancel))
        {
            if (outcome.Answer is not { } answer)
            {
                yield return new(plan, null, Failure: outcome.Failure, NotAsked: outcome.NotAsked);
            }
            else if (Fetched.Of(plan, answer) is { } fetched)
            {
                yield return fetched;
            }
            else
            {
                again.Add(plan);
            }
        }

        if (again.Count > 0)
        {
            foreach (var (plan, outcome) in Ask(again, p => p.Missing.WithAll(p.Held!), tasks, cancel))
            {
                yield return outcome.Answer is { } answer ? Fetched.OfWhole(plan, answer) : new(plan, null, Failure: outcome.Failure, NotAsked: outcome.NotAsked);
            }
        }
    }

    /// <summary>
    /// The statement: each task takes the lines of one share, and asks for one of its symbols for each. Spark notices that a task was ended when
    /// it reads the next line from a shuffle; so there is one, and the lines are so long that a pipe holds few of them ahead.
    /// </summary>
    /// <param name="table">The table that it makes, as Spark names it.</param>
    /// <param name="worker">The worker's command.</param>
    /// <param name="shares">How many there are.</param>
    /// <param name="symbols">How many symbols, dealt out by their remainders.</param>
    internal static string Statement(string table, string worker, int shares, int symbols)
    {
        const string Fields = @"ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'";
        return string.Create(CultureInfo.InvariantCulture, $"""
            CREATE TABLE {table} USING delta AS
            SELECT TRANSFORM(share, repeat('.', {LineLength})) {Fields}
            USING {DuckConnection.Quote(worker)}
            AS ({FetchRow.Columns}) {Fields}
            FROM (SELECT /*+ REPARTITION_BY_RANGE({shares}, share) */ id % {shares} AS share FROM range(0, {symbols}, 1, 1))
            """);
    }

    private IEnumerable<(SymbolPlan Plan, FetchOutcome Outcome)> Ask(IReadOnlyList<SymbolPlan> plans, Func<SymbolPlan, Missing> range, int tasks, CancellationToken cancel)
    {
        var bySymbol = plans.ToDictionary(p => p.Symbol, StringComparer.Ordinal);
        using var staging = new Staging(lake, run, ++_statements);
        watch.Time("spark_ms", () => Run(plans, range, tasks, staging, cancel));
        foreach (var outcome in StagedAnswers.Read(staging.Open(), bySymbol.Keys))
        {
            cancel.ThrowIfCancellationRequested();
            yield return (bySymbol[outcome.Symbol], outcome);
        }
    }

    private void Run(IReadOnlyList<SymbolPlan> plans, Func<SymbolPlan, Missing> range, int tasks, Staging staging, CancellationToken cancel)
    {
        SourceRequest[] requests = [.. plans.Select(p => (p.Symbol, Range: range(p))).Select(p => new SourceRequest(p.Symbol, p.Range.From, p.Range.To, request.Interval))];
        var spec = new FetchSpec(request.Choice ?? throw new InvalidOperationException("a cluster can't make this source"), request.Interval,
            Timestamp.Of(lake.Clock.GetUtcNow()), FetchSpec.Deal(requests, tasks, request.Parallel));
        staging.Begin();
        cluster.Execute(Statement(SparkCluster.Table(staging.Place), cluster.Worker("fetch", spec.ToText(), cancel), spec.Shares.Count, requests.Length), cancel);
        staging.Written();
    }

    /// <summary>How many tasks the cluster runs at once: into so many parts Spark cuts what nobody else cuts.</summary>
    private int Cores(CancellationToken cancel)
    {
        var cores = 1;
        cluster.Query("SELECT max(part) + 1 AS cores FROM (SELECT spark_partition_id() AS part FROM range(100000))", batch => cores = batch.Rows > 0 ? batch.Ints(0)[0] : cores, cancel);
        return cores;
    }
}
