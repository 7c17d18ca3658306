using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Runs;
using Bf.Sources;
using Bf.Sources.Csv;

namespace Bf.Jobs.Import;

/// <summary>What to import.</summary>
/// <param name="Paths">Files, folders (all data files below them) and patterns.</param>
/// <param name="Format">csv or parquet; by each file's name when null.</param>
/// <param name="Map">Names of columns, as in <c>ts=Date,close=Last</c>.</param>
/// <param name="Interval">The bars' length.</param>
public sealed record ImportRequest(IReadOnlyList<string> Paths, string? Format, string? Map, Interval Interval)
{
    /// <summary>The order of dates such as 01/02/2024, where the files can't tell.</summary>
    public DateOrder Dates { get; init; }

    /// <summary>How numbers are written, where the files can't tell.</summary>
    public NumberStyle? Numbers { get; init; }

    /// <summary>The zone of times that name none; UTC when null.</summary>
    public TimeZoneInfo? Zone { get; init; }

    internal CsvSettings Settings => new(Interval, ColumnMap.ParseOverrides(Map), Dates, Numbers, Zone);
}

/// <summary>What an import did.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Files">Files read.</param>
/// <param name="Read">Rows read.</param>
/// <param name="Added">Bars that are new.</param>
/// <param name="Changed">Bars that replaced others.</param>
/// <param name="Unchanged">Bars that stood there already.</param>
/// <param name="Gaps">Rows that say that there is no bar: a date and nothing but null.</param>
/// <param name="Unadjusted">Bars without adjusted close, in which the close stands for it.</param>
/// <param name="PartlyAdjusted">Those of them that come from files which have it elsewhere.</param>
/// <param name="Quarantined">Rows that broke a rule, by rule.</param>
/// <param name="Version">The version of the table of bars afterwards; -1 while it does not exist.</param>
/// <param name="Timings">Milliseconds by stage.</param>
public sealed record ImportResult(
    string Run, int Files, long Read, long Added, long Changed, long Unchanged, long Gaps, long Unadjusted, long PartlyAdjusted, IReadOnlyDictionary<string, long> Quarantined, long Version, IReadOnlyDictionary<string, double> Timings)
{
    /// <summary>Rows that went to quarantine.</summary>
    public long QuarantinedRows => Quarantined.Values.Sum();
}

/// <summary><c>bf data import</c>: files into the table of bars, by upsert.</summary>
public static class ImportJob
{
    /// <summary>Imports.</summary>
    /// <exception cref="JobException">A path leads to no file, or a file is not what it should be; nothing of the import is committed then.</exception>
    public static ImportResult Run(DataLake lake, ImportRequest request, string arguments, Action<string, long>? progress = null, CancellationToken cancel = default) =>
        JobRun.Do(lake, "data import", arguments, run => Run(run, run.Lake, request, progress, cancel));

    private static ImportResult Run(JobRun run, DataLake lake, ImportRequest request, Action<string, long>? progress, CancellationToken cancel)
    {
        var watch = new Stopwatches();
        using var paths = new ImportPaths(request.Format, request.Settings, lake.Clock);
        var files = paths.Find(request.Paths, cancel);
        var recognised = watch.Time("read_ms", () => ImportFile.Recognise(files));
        var partly = 0L;
        using var connection = DuckDatabase.Connect(cancel);
        using var stage = new BarStage(connection, Timestamp.Of(lake.Clock.GetUtcNow()));
        watch.Time("read_ms", () =>
        {
            foreach (var (file, recognition) in files.Zip(recognised))
            {
                var before = stage.Unadjusted;
                stage.Begin(file.Name);
                foreach (var row in file.Read())
                {
                    stage.Add(row);
                    if ((stage.Rows & 0xFFFF) == 0)
                    {
                        cancel.ThrowIfCancellationRequested();
                        progress?.Invoke(file.Name, stage.Rows);
                    }
                }

                partly += recognition.IsAdjusted ? stage.Unadjusted - before : 0;
            }

            stage.Complete();
        });
        cancel.ThrowIfCancellationRequested();
        var (quarantined, upserted) = watch.Time("write_ms", () => StageCommit.Run(lake, request.Interval, stage, "import", run));
        var rows = upserted.Added + upserted.Changed;
        watch.Time("write_ms", () => run.End(rows));
        return new(run.Id, files.Count, stage.Rows, upserted.Added, upserted.Changed, upserted.Unchanged, stage.Gaps, stage.Unadjusted, partly, quarantined, upserted.Version, watch.Timings);
    }
}
