using System.Globalization;
using Bf.Core.Exchange;
using Bf.Core.Market;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Spark;
using Bf.Jobs.Spark.Connect;
using Bf.Jobs.Spark.Connect.Arrow;

namespace Bf.Jobs.Engines;

/// <summary>Runs the kernel over a table of bars on a Spark cluster: executors stream their symbols' bars through the worker, Spark adds the counts.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="bars">The table.</param>
/// <param name="spec">What is counted.</param>
/// <param name="watch">Counts the time of it all.</param>
internal sealed class SparkEngine(SparkCluster cluster, DeltaTable bars, ScanSpec spec, Stopwatches watch)
{
    private const int FirstNumber = 5;

    /// <summary>Reads all bars of a snapshot that the universes need.</summary>
    public ScanResult ScanAll(Snapshot snapshot, CancellationToken cancel) => watch.Time("spark_ms", () =>
    {
        try
        {
            var collector = cluster.Repeat(() => Collect(snapshot, cancel), cancel);
            var tallies = collector.Complete(Given(snapshot));
            return new ScanResult(tallies, collector.States, collector.Bars);
        }
        catch (SparkException e) when (SparkSight.Advice(e, bars.Place) is { } advice)
        {
            throw new JobException($"{e.Message}. {advice}");
        }
        catch (FormatException e)
        {
            throw new JobException($"{e.Message}. Nothing was written; run it again, and if it happens again, run it with --engine local");
        }
    });

    private ScanCollector Collect(Snapshot snapshot, CancellationToken cancel)
    {
        var collector = new ScanCollector(spec);
        cluster.Query(Statement(snapshot, cancel), batch => Take(batch, collector), cancel);
        return collector;
    }

    private string Statement(Snapshot snapshot, CancellationToken cancel)
    {
        var symbols = string.Join(", ", Universe.Union(spec.Universes).Symbols.Select(Literal));
        return ScanStatement.Of(
            string.Create(CultureInfo.InvariantCulture, $"{SparkCluster.Table(bars.Place)} VERSION AS OF {snapshot.Version}"),
            ReadsAll ? "true" : symbols.Length == 0 ? "false" : $"symbol IN ({symbols})",
            cluster.Worker("scan", spec.ToText(), cancel), spec);
    }

    private bool ReadsAll => spec.Universes.Any(u => u.IsAll);

    /// <summary>How many bars the workers are given, where the table's log says so.</summary>
    private long? Given(Snapshot snapshot)
    {
        var rows = 0L;
        foreach (var file in snapshot.Files)
        {
            if (!ReadsAll || FileStatistics.Of(file).Rows is not { } count)
            {
                return null;
            }

            rows += count;
        }

        return rows;
    }

    private void Take(ArrowBatch batch, ScanCollector collector)
    {
        var columns = ScanRows.Numbers(spec.Further.Counts.Count);
        for (var row = 0; row < batch.Rows; row++)
        {
            var numbers = new long[columns];
            for (var c = 0; c < columns; c++)
            {
                numbers[c] = batch.IsNull(FirstNumber + c, row)
                    ? throw new FormatException("what came back from the workers is not whole: a number is missing")
                    : batch.Longs(FirstNumber + c)[row];
            }

            collector.Add(Text(0), batch.IsNull(1, row) ? -1 : batch.Ints(1)[row], Text(2), Text(3), batch.Longs(4)[row], numbers);
            string? Text(int column) => batch.IsNull(column, row) ? null : batch.Text(column, row);
        }
    }

    /// <summary>A text in Spark's SQL, where a backslash begins an escape.</summary>
    private static string Literal(string text) => $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
