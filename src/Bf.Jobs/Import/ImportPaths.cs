using Bf.Core.Market;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Sources.Csv;
using Bf.Sources.Files;

namespace Bf.Jobs.Import;

/// <summary>Finds what an import is to read: files, folders with all data files below them, patterns, Delta tables, addresses.</summary>
internal sealed class ImportPaths(string? format, CsvSettings settings, TimeProvider clock) : IDisposable
{
    private readonly List<TemporaryCopy> _copies = [];

    /// <summary>What paths lead to, each once, in order.</summary>
    /// <exception cref="JobException">A path leads to nothing.</exception>
    public IReadOnlyList<ImportFile> Find(IReadOnlyList<string> paths, CancellationToken cancel)
    {
        var files = new List<ImportFile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var places = ImportFile.Guard(path, () => Expand(path, cancel).ToList());
            if (places.Count == 0)
            {
                throw new JobException($"{path}: no data file there; looked for {DataFile.Kinds}");
            }

            files.AddRange(places.Where(p => seen.Add(p.Place)).SelectMany(p => Open(p.Place, p.Name)));
        }

        return files;
    }

    /// <inheritdoc/>
    public void Dispose() => _copies.ForEach(c => c.Dispose());

    private IEnumerable<(string Place, string Name)> Expand(string path, CancellationToken cancel)
    {
        if (Uri.TryCreate(path, UriKind.Absolute, out var address) && path.Contains("://", StringComparison.Ordinal))
        {
            return address.Scheme switch
            {
                "file" => Expand(address.LocalPath, cancel),
                "http" or "https" => [(Keep(TemporaryCopy.OfWeb(address, cancel)), path)],
                _ => throw new JobException($"{path}: bf reads http, https and file addresses, and paths"),
            };
        }

        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            return IsDelta(full) ? [(full, full)] : Below(full, []).Order(StringComparer.Ordinal).Select(f => (f, f));
        }

        if (File.Exists(full))
        {
            return [(TemporaryCopy.OfPipe(full, cancel) is { } copy ? Keep(copy) : full, full)];
        }

        if (path.AsSpan().ContainsAny('*', '?'))
        {
            var folder = Path.GetDirectoryName(full)!;
            return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Path.GetFileName(path)).Order(StringComparer.Ordinal).Select(f => (f, f)) : [];
        }

        throw new JobException($"{path}: no such file or folder");
    }

    private string Keep(TemporaryCopy copy)
    {
        _copies.Add(copy);
        return copy.Path;
    }

    private IEnumerable<ImportFile> Open(string place, string name)
    {
        try
        {
            return Directory.Exists(place) ? [Delta(place, name)]
                : (format ?? Path.GetExtension(place).ToLowerInvariant()) is "parquet" or ".parquet" ? [Typed("Parquet", $"read_parquet({DuckConnection.File(place)})", name)]
                : DataFile.Of(place, packed => new ZstdStream(packed)).Select(f => new TextFile(f, name + f.Name[place.Length..], settings with { Now = Timestamp.Of(clock.GetUtcNow()) }));
        }
        catch (Exception e) when (e is FormatException or DeltaException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new JobException($"{name}: {e.Message}");
        }
    }

    private TypedFile Delta(string place, string name)
    {
        var table = ForeignTable.Open(place, clock);
        return Typed($"Delta table at version {table.Snapshot.Version}", table.Relation, name);
    }

    private TypedFile Typed(string kind, string relation, string name) =>
        new(kind, new ParquetBars(relation, DataFile.Stem(name), settings.Map, settings.Interval), name);

    /// <summary>The data files below a folder, but for those of a Delta table: a lake may lie there.</summary>
    private static IEnumerable<string> Below(string folder, HashSet<string> seen) =>
        IsDelta(folder) || !seen.Add(Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder) // a link may lead back up
            ? [] : Directory.EnumerateFiles(folder).Where(f => DataFile.IsKnown(f) && !IsEmpty(f)).Concat(Directory.EnumerateDirectories(folder).SelectMany(f => Below(f, seen)));

    /// <summary>Whether a file holds nothing: collections have such files for symbols without prices.</summary>
    private static bool IsEmpty(string file)
    {
        var isEmpty = new FileInfo(file).Length == 0;
        if (isEmpty)
        {
            Log.Warn($"{file} is empty, and passed over");
        }

        return isEmpty;
    }

    private static bool IsDelta(string folder) => Directory.Exists(Path.Combine(folder, "_delta_log"));
}
