using System.IO.Compression;

namespace Bf.Sources.Files;

/// <summary>A data file as the import sees it: on disk, compressed, or inside an archive.</summary>
/// <param name="Name">What errors and the quarantine call it: its path, and behind it the entry of an archive.</param>
/// <param name="Symbol">The symbol that its name gives.</param>
/// <param name="Open">Opens its content, unpacked; may be called several times.</param>
public sealed record DataFile(string Name, string Symbol, Func<Stream> Open)
{
    private static readonly string[] Tables = [".csv", ".txt", ".tsv"];
    private static readonly string[] Packed = [".gz", ".zst"];

    /// <summary>What a folder is searched for, in words.</summary>
    public static string Kinds => ".csv, .txt, .tsv (also with .gz or .zst), .parquet, .zip";

    /// <summary>Whether a file of this name is a data file.</summary>
    public static bool IsKnown(string path)
    {
        var extension = Extension(path);
        return IsTable(path) || extension is ".parquet" or ".zip";
    }

    /// <summary>The text tables that a path holds: itself, or the entries of an archive.</summary>
    /// <param name="path">A file.</param>
    /// <param name="zstd">Unpacks zstd, given the packed stream.</param>
    /// <exception cref="FormatException">An archive holds none.</exception>
    public static IReadOnlyList<DataFile> Of(string path, Func<Stream, Stream> zstd) => Extension(path) switch
    {
        ".gz" => [new(path, Stem(path), () => new GZipStream(File.OpenRead(path), CompressionMode.Decompress))],
        ".zst" => [new(path, Stem(path), () => zstd(File.OpenRead(path)))],
        ".zip" => Entries(path),
        _ => [new(path, Stem(path), () => File.OpenRead(path))],
    };

    /// <summary>A file's name without folder, packing and kind: AAPL of vendor/AAPL.csv.gz, BRK.B of brk.b.txt.</summary>
    public static string Stem(string path)
    {
        var name = Path.GetFileName(path);
        name = Packed.Contains(Extension(name)) ? name[..^Extension(name).Length] : name;
        return Path.GetFileNameWithoutExtension(name);
    }

    private static List<DataFile> Entries(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        var tables = archive.Entries.Where(e => Tables.Contains(Extension(e.FullName)) && !e.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)).Select(e => e.FullName).Order(StringComparer.Ordinal).ToList();
        return tables.Count > 0
            ? [.. tables.Select(entry => new DataFile($"{path}/{entry}", Stem(entry), () => OpenEntry(path, entry)))]
            : throw new FormatException("the archive holds no .csv, .txt or .tsv");
    }

    private static ArchiveStream OpenEntry(string path, string entry)
    {
        var archive = ZipFile.OpenRead(path);
        return new(archive, archive.GetEntry(entry)!.Open());
    }

    private static bool IsTable(string path) => Tables.Contains(Extension(path)) || (Packed.Contains(Extension(path)) && Tables.Contains(Extension(path[..^Extension(path).Length])));

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();
}
