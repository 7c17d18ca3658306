using System.Diagnostics;
using Bf.Core.Breadth;
using Bf.Core.Breadth.Further;
using Bf.Core.Exchange;
using Bf.Core.Market;
using Bf.Jobs;
using Bf.Jobs.Engines;
using Bf.Jobs.Lake;
using Bf.Jobs.Spark;

namespace Bf.Bench.Spark;

/// <summary>The counts of a market on a Spark cluster (SPARK_REMOTE): bf's worker beside the same as SQL windows, in one session, in turns; and the same in this process.</summary>
internal sealed class SparkBench(BenchPlace place, RunBench program)
{
    public void Write(TextWriter writer, string market, int repeat)
    {
        program.Build();
        var remote = Environment.GetEnvironmentVariable("SPARK_REMOTE") ?? throw new BenchException("SPARK_REMOTE names no cluster; its executors must see this machine's files");
        var root = program.Import(Path.Combine(place.Output, $"lake-{Path.GetFileNameWithoutExtension(market)}"), [market]);
        var bars = DataLake.Open(root).Bars(Interval.Day);
        var snapshot = bars.Load();
        var windows = WindowPanel.Of(FormattableString.Invariant($"{SparkCluster.Table(bars.Place)} VERSION AS OF {snapshot.Version}"));
        using var cluster = SparkCluster.Open(new(remote, Path.Combine(place.Root, "artifacts", "bf", "worker", "linux-x64", "bf-worker"), [], _ => { }));
        var spec = new ScanSpec([Universe.All], FurtherSet.None);
        List<double> worker = [], sql = [], local = [];
        for (var i = -1; i < repeat; i++) // the first of each does not count: Spark compiles, and looks at the table
        {
            var start = Stopwatch.GetTimestamp();
            var counted = new SparkEngine(cluster, bars, spec, new Stopwatches()).ScanAll(snapshot, default).Tallies[0];
            worker.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            start = Stopwatch.GetTimestamp();
            var asked = Windows(cluster, windows);
            sql.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            start = Stopwatch.GetTimestamp();
            var here = new LocalEngine(bars, [Universe.All], new Stopwatches()).ScanAll(snapshot).Tallies[0];
            local.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            Agree(counted, asked);
            Agree(counted, here);
            if (i < 0)
            {
                writer.WriteLine($"spark, {Path.GetFileNameWithoutExtension(market)}: the first of each, s: worker {worker[0]:N1}, SQL windows {sql[0]:N1}");
                (worker, sql, local) = ([], [], []);
            }
        }

        writer.WriteLine($"  then, median of {repeat} in turns (min - max), all three equal in every count");
        Line("bf's worker", worker);
        Line("SQL windows", sql);
        Line("this process", local);
        writer.WriteLine($"  worker / windows {Median(worker) / Median(sql):N2}");

        void Line(string what, List<double> s) => writer.WriteLine($"  {what,-14} {Median(s),8:N2} s ({s.Min():N2} - {s.Max():N2})");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static BreadthTally Windows(SparkCluster cluster, string sql)
    {
        var dates = new SortedDictionary<long, long[]>();
        cluster.Query(sql, batch =>
        {
            for (var row = 0; row < batch.Rows; row++)
            {
                dates.Add(batch.Longs(0)[row], [.. Enumerable.Range(1, BreadthTally.ColumnCount).Select(c => batch.Longs(c)[row])]);
            }
        }, default);
        return new([.. dates.Keys], [.. Enumerable.Range(0, BreadthTally.ColumnCount).Select(c => dates.Values.Select(d => d[c]).ToArray())]);
    }

    private static void Agree(BreadthTally a, BreadthTally b)
    {
        if (!a.Ts.SequenceEqual(b.Ts) || Enum.GetValues<TallyColumn>().Any(c => !a[c].SequenceEqual(b[c])))
        {
            throw new BenchException("the counts differ");
        }
    }
}
