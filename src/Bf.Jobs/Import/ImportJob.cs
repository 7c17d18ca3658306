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
public sealed record ImportRequest(IReadOnlyList<string> Paths, string? Format, string? Map, Interval Interval);

/// <summary>What an import did.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Files">Files read.</param>
/// <param name="Read">Rows read.</param>
/// <param name="Added">Bars that are new.</param>
/// <param name="Changed">Bars that replaced others.</param>
/// <param name="Unchanged">Bars that stood there already.</param>
/// <param name="Quarantined">Rows that broke a rule, by rule.</param>
/// <param name="Version">The version of the table of bars afterwards; -1 while it does not exist.</param>
/// <param name="Timings">Milliseconds by stage.</param>
public sealed record ImportResult(
    string Run, int Files, long Read, long Added, long Changed, long Unchanged, IReadOnlyDictionary<string, long> Quarantined, long Version, IReadOnlyDictionary<string, double> Timings)
{
    /// <summary>Rows that went to quarantine.</summary>
    public long QuarantinedRows => Quarantined.Values.Sum();
}

/// <summary><c>bf data import</c>: files into the table of bars, by upsert.</summary>
public static class ImportJob
{
    private static readonly string[] DataFiles = [".csv", ".txt", ".parquet"];

    /// <summary>Imports.</summary>
    /// <exception cref="JobException">A path leads to no file, or a file is not what it should be; nothing of the import is committed then.</exception>
    public static ImportResult Run(DataLake lake, ImportRequest request, string arguments, Action<string, long>? progress = null, CancellationToken cancel = default) =>
        JobRun.Do(lake, "data import", arguments, run => Run(run, run.Lake, request, progress, cancel));

    private static ImportResult Run(JobRun run, DataLake lake, ImportRequest request, Action<string, long>? progress, CancellationToken cancel)
    {
        var watch = new Stopwatches();
        var overrides = ColumnMap.ParseOverrides(request.Map);
        var files = Expand(request.Paths);
        using var connection = DuckDatabase.Connect(cancel);
        using var stage = new BarStage(connection, Timestamp.Of(lake.Clock.GetUtcNow()));
        watch.Time("read_ms", () =>
        {
            foreach (var file in files)
            {
                stage.Begin(file);
                foreach (var row in Read(file, request, overrides))
                {
                    stage.Add(row);
                    if ((stage.Rows & 0xFFFF) == 0)
                    {
                        cancel.ThrowIfCancellationRequested();
                        progress?.Invoke(file, stage.Rows);
                    }
                }
            }

            stage.Complete();
        });
        cancel.ThrowIfCancellationRequested();
        var (quarantined, upserted) = watch.Time("write_ms", () =>
            (QuarantineCommit.Run(lake, stage, run.Id), new BarCommit(lake, request.Interval, stage).Run("import", run.Started)));
        var rows = upserted.Added + upserted.Changed;
        watch.Time("write_ms", () => run.End(rows));
        return new(run.Id, files.Count, stage.Rows, upserted.Added, upserted.Changed, upserted.Unchanged, quarantined, upserted.Version, watch.Timings);
    }

    private static IEnumerable<BarReading> Read(string file, ImportRequest request, IReadOnlyDictionary<BarColumn, string> overrides)
    {
        var format = request.Format ?? (Path.GetExtension(file).Equals(".parquet", StringComparison.OrdinalIgnoreCase) ? "parquet" : "csv");
        using var rows = (format == "parquet" ? new ParquetBars(overrides, request.Interval).Read(file) : ReadCsv(file, request, overrides)).GetEnumerator();
        while (true)
        {
            try
            {
                if (!rows.MoveNext())
                {
                    yield break;
                }
            }
            catch (Exception e) when (e is FormatException or CsvHelper.CsvFormatException or DuckException or IOException or UnauthorizedAccessException)
            {
                throw new JobException($"{file}: {e.Message}");
            }

            yield return rows.Current;
        }
    }

    private static IEnumerable<BarReading> ReadCsv(string file, ImportRequest request, IReadOnlyDictionary<BarColumn, string> overrides)
    {
        using var stream = File.OpenRead(file);
        foreach (var row in new CsvBars(overrides, request.Interval).Read(stream, file))
        {
            yield return row;
        }
    }

    private static List<string> Expand(IReadOnlyList<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            var before = files.Count;
            if (Directory.Exists(path))
            {
                files.AddRange(Below(path).Order(StringComparer.Ordinal));
            }
            else if (File.Exists(path))
            {
                files.Add(path);
            }
            else if (path.AsSpan().ContainsAny('*', '?'))
            {
                var folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
                files.AddRange(Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Path.GetFileName(path)).Order(StringComparer.Ordinal) : []);
            }
            else
            {
                throw new JobException($"{path}: no such file or folder");
            }

            if (files.Count == before)
            {
                throw new JobException($"{path}: no file of {string.Join(", ", DataFiles)} there");
            }
        }

        return [.. files.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The data files below a folder, but for those of a Delta table: a lake may lie there.</summary>
    private static IEnumerable<string> Below(string folder) =>
        Directory.Exists(Path.Combine(folder, "_delta_log"))
            ? []
            : Directory.EnumerateFiles(folder).Where(f => DataFiles.Contains(Path.GetExtension(f).ToLowerInvariant())).Concat(Directory.EnumerateDirectories(folder).SelectMany(Below));
}
