using Bf.Core.Market;
using Bf.Jobs.Import;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Runs;
using Bf.Sources;
using Bf.Sources.Counts;
using Bf.Sources.Files;

namespace Bf.Jobs.Counts;

/// <summary>What to import.</summary>
/// <param name="File">A text table, perhaps packed.</param>
/// <param name="Universe">The universe's name; the file's when null.</param>
/// <param name="Map">Names of columns, as in <c>adv=Gainers,dec=Losers</c>.</param>
/// <param name="Interval">What a row counts: a day, ...</param>
/// <param name="Dates">The order of dates such as 01/02/2024, where the file can't tell.</param>
public sealed record ImportCountsRequest(string File, string? Universe, string? Map, Interval Interval, DateOrder Dates = DateOrder.Unknown);

/// <summary>What an import of counts did.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Universe">The universe that the counts make.</param>
/// <param name="Read">Rows read.</param>
/// <param name="Added">Dates that are new.</param>
/// <param name="Changed">Dates whose counts changed.</param>
/// <param name="Unchanged">Dates that stood there already.</param>
/// <param name="Quarantined">Rows that broke a rule, by rule.</param>
/// <param name="Version">The version of the table of counts afterwards; -1 while it does not exist.</param>
/// <param name="Timings">Milliseconds by stage.</param>
public sealed record ImportCountsResult(
    string Run, string Universe, long Read, long Added, long Changed, long Unchanged, IReadOnlyDictionary<string, long> Quarantined, long Version, IReadOnlyDictionary<string, double> Timings);

/// <summary><c>bf data import-counts</c>: official advance/decline counts as a universe of its own, by upsert.</summary>
public static class ImportCountsJob
{
    /// <summary>Imports.</summary>
    /// <exception cref="JobException">There is no such file, it is not what it should be, or its name is another universe's; nothing is committed then.</exception>
    public static ImportCountsResult Run(DataLake lake, ImportCountsRequest request, string arguments) =>
        JobRun.Do(lake, "data import-counts", arguments, run => Run(run, run.Lake, request));

    private static ImportCountsResult Run(JobRun run, DataLake lake, ImportCountsRequest request)
    {
        var watch = new Stopwatches();
        var universe = CountUniverses.NameFor(request.Universe, request.File);
        var file = Path.GetFullPath(request.File);
        using var connection = DuckDatabase.Connect();
        var read = watch.Time("read_ms", () =>
        {
            var rows = Read(file, request);
            CountStage.Fill(connection, rows, Timestamp.Of(lake.Clock.GetUtcNow()));
            return rows.Count;
        });
        var (quarantined, upserted) = watch.Time("write_ms", () =>
            (QuarantineCommit.Run(lake, connection, [file], run.Id), CountCommit.Run(lake, connection, universe, request.Interval, run.Id)));
        var rows = upserted.Added + upserted.Changed;
        watch.Time("write_ms", () => run.End(rows));
        return new(run.Id, universe, read, upserted.Added, upserted.Changed, upserted.Unchanged, quarantined, upserted.Version, watch.Timings);
    }

    private static List<CountReading> Read(string file, ImportCountsRequest request)
    {
        if (!File.Exists(file))
        {
            throw new JobException(Directory.Exists(file) ? $"{file} is a folder; name one file of counts" : $"{file}: no such file");
        }

        return ImportFile.Guard(file, () => DataFile.Of(file, packed => new ZstdStream(packed)) is [var table]
            ? new CsvCounts(CountMap.ParseOverrides(request.Map), request.Interval, request.Dates).Read(Once(table.Open)).ToList()
            : throw new FormatException("the archive holds several tables; unpack it and name one"));
    }

    /// <summary>Content that is read in two passes, from what may be a pipe: a table of counts is small enough to be held.</summary>
    private static Func<Stream> Once(Func<Stream> open)
    {
        using var stream = open();
        using var held = new MemoryStream();
        stream.CopyTo(held);
        var content = held.ToArray();
        return () => new MemoryStream(content, writable: false);
    }
}
