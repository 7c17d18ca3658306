using System.Globalization;
using Bf.Core.Backtest.Grid;
using Bf.Core.Exchange;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Spark;
using Bf.Jobs.Spark.Connect.Arrow;

namespace Bf.Jobs.Backtests;

/// <summary>
/// Pairs of averages as <see cref="SmaCrossTrials"/>, whose figures executors compute by the worker. Spans that will be asked for are computed
/// together, because a statement has fixed costs; the equity of one pair is computed here, which takes less than bringing it over.
/// </summary>
internal sealed class SparkTrials(SparkCluster cluster, double[] closes, SmaPair[] pairs, SmaCrossSettings settings, CancellationToken cancel) : GridTrials
{
    // figures that are held at once: 40 bytes each, and as much again on their way
    private const long MostTrials = 4_000_000;
    private const int FirstNumber = 2;
    private readonly SmaCrossTrials _here = new(closes, pairs, settings);
    private readonly List<TrialSpan> _expected = [];
    private readonly Dictionary<TrialSpan, GridFigures[]> _figures = [];

    public override int Count => pairs.Length;

    public override int Dates => closes.Length;

    public override double InitialCapital => settings.InitialCapital;

    public override double DatesPerYear => settings.DatesPerYear;

    /// <summary>Tells over which spans figures will be asked for, in this order.</summary>
    public void Expect(IEnumerable<TrialSpan> spans) => _expected.AddRange(spans);

    public override GridFigures[] Run(int first, int last)
    {
        var span = new TrialSpan(first, last);
        if (!_figures.ContainsKey(span))
        {
            Compute(span);
        }

        return _figures.Remove(span, out var figures) ? figures : throw new InvalidOperationException("no figures of this span");
    }

    public override TrialPath Path(int trial, int first, int last) => _here.Path(trial, first, last);

    private void Compute(TrialSpan span)
    {
        _expected.Remove(span);
        TrialSpan[] together = [span, .. _expected.Take((int)Math.Min(int.MaxValue, (MostTrials / pairs.Length) - 1)).Where(s => s != span).Distinct()];
        _expected.RemoveAll(together.Contains);
        var spec = new GridSpec(closes, pairs, settings, together);
        var collector = new GridCollector(spec);
        try
        {
            cluster.Query(Statement(cluster.Worker("grid", spec.ToText(), cancel), spec.Trials), batch => Take(batch, collector), cancel);
            var figures = collector.Complete();
            for (var s = 0; s < together.Length; s++)
            {
                _figures[together[s]] = figures[s];
            }
        }
        catch (FormatException e)
        {
            throw new JobException($"{e.Message}. Run it again, and if it happens again, run it with --engine local");
        }
    }

    /// <summary>The numbers of the trials in as many even parts as the cluster has cores, each part through a worker.</summary>
    private static string Statement(string worker, long trials)
    {
        const string Fields = @"ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'";
        var numbers = string.Join(", ", Enumerable.Range(0, GridRows.Numbers).Select(c => $"c{c} BIGINT"));
        return string.Create(CultureInfo.InvariantCulture, $"""
            SELECT TRANSFORM(id) {Fields}
            USING {DuckConnection.Quote(worker)}
            AS (kind STRING, trial BIGINT, {numbers}) {Fields}
            FROM range(0, {trials})
            """);
    }

    private static void Take(ArrowBatch batch, GridCollector collector)
    {
        Span<long> numbers = stackalloc long[GridRows.Numbers];
        for (var row = 0; row < batch.Rows; row++)
        {
            for (var c = 0; c < GridRows.Numbers; c++)
            {
                numbers[c] = Number(FirstNumber + c);
            }

            collector.Add(batch.IsNull(0, row) ? null : batch.Text(0, row), Number(1), numbers);

            // what Spark can't read it turns into NULL without a word
            long Number(int column) => batch.IsNull(column, row)
                ? throw new FormatException("what came back from the workers is not whole: a number is missing")
                : batch.Longs(column)[row];
        }
    }
}
