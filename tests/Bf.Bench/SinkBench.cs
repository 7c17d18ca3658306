using System.Diagnostics;
using Bf.Core.Market;
using Bf.Jobs.Config;
using Bf.Jobs.Generate;
using Bf.Jobs.Import;
using Bf.Jobs.Lake;
using Bf.Jobs.Search;
using Bf.Jobs.Search.Bulk;
using Bf.Jobs.Search.Elastic;
using Bf.Jobs.Signals;
using Bf.Jobs.Streaming.Sinks;

namespace Bf.Bench;

/// <summary>
/// From a date's results to Elasticsearch's acknowledgement, date by date, and a whole history at once. Asks the server of ELASTICSEARCH_HOST;
/// the documents are of a universe of their own.
/// </summary>
internal static class SinkBench
{
    private const int Dates = 300;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    public static void Write(TextWriter writer, string bars)
    {
        var folder = Directory.CreateTempSubdirectory("bf-bench-").FullName;
        var lake = DataLake.Open(folder);
        ImportJob.Run(lake, new([bars], null, null, Interval.Day), "bench");
        GenerateJob.Run(lake, new([Universe.All], Interval.Day, null, null, false), "bench");
        var signals = SignalReader.Read(lake, Universe.All, Interval.Day);
        var universe = Universe.Of("bench", ["A"]);
        var settings = new Settings(new Dictionary<string, string>(), Environment.GetEnvironmentVariable, folder);
        using var sink = new ElasticSink(
            new ElasticIndex(ElasticSettings.Of(settings)), new(TimeSpan.FromSeconds(10)), [universe], Interval.Day, r => throw new BenchException(r.Reason), TimeProvider.System);
        sink.Begin(long.MinValue, 1);
        var (times, count) = (new List<double>(), signals.Panel.Count);
        for (var i = count - Dates - 50; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            sink.Put(Batch(i, i + 1));
            sink.Flush();
            var took = Stopwatch.GetElapsedTime(start);
            times.Add(took.TotalMilliseconds);
            Thread.Sleep(took < Pace ? Pace - took : TimeSpan.Zero);
        }

        List<double> warm = [.. times.Skip(50).Order()];
        writer.WriteLine($"a date's documents, put to acknowledged, {Dates} dates {Pace.TotalMilliseconds:0} ms apart: p50 {warm[Dates / 2]:0.0} ms, p99 {warm[Dates * 99 / 100]:0.0} ms, most {warm[^1]:0.0} ms");
        var before = sink.Written;
        var began = Stopwatch.GetTimestamp();
        for (var round = 0; round < 10; round++)
        {
            sink.Put(Batch(0, count, Universe.Of($"bench{round}", ["A"])));
        }

        sink.Flush();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        writer.WriteLine($"ten universes, the whole history: {sink.Written - before:N0} documents in {seconds:0.00} s, {(sink.Written - before) / seconds:N0} a second");
        Directory.Delete(folder, recursive: true);

        ResultBatch Batch(int from, int end, Universe? of = null) => new(new(of ?? universe, signals.Panel, signals.Score, signals.Memory, from, end), Interval.Day, GenerateSettings.Usual, "bench", true);
    }
}
