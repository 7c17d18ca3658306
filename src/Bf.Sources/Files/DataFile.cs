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
        return !IsMacNote(path) && (IsTable(path) || extension is ".parquet" or ".zip");
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

    /// <summary>The symbol that a file's name gives, unless it plainly is no symbol but what browsers and vendors call a download.</summary>
    /// <exception cref="SymbolException">It is none; the message says what to do.</exception>
    public static string CheckedSymbol(string symbol)
    {
        const int Longest = 32;
        const int LongestWithSpace = 12;
        var isNone = symbol is "STDIN" or "DOWNLOAD" or "QUERY" || symbol.StartsWith("HISTORICALDATA", StringComparison.Ordinal) || symbol.StartsWith("HISTORICALPRICES", StringComparison.Ordinal)
            || symbol.AsSpan().ContainsAny('(', ')', ',') || symbol.Length > Longest || (symbol.Length > LongestWithSpace && symbol.Contains(' ', StringComparison.Ordinal));
        return isNone
            ? throw new SymbolException($"no column names the symbol, and the file's name gives '{symbol}', which is none; name the file after its symbol, as in AAPL.csv")
            : symbol;
    }

    private static List<DataFile> Entries(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        var entries = archive.Entries.Index().Where(e => !e.Item.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal) && !IsMacNote(e.Item.FullName)).ToList();
        if (entries.FirstOrDefault(e => IsKnown(e.Item.FullName) && !Tables.Contains(Extension(e.Item.FullName))) is { Item: { } packed })
        {
            throw new FormatException($"the archive holds {packed.FullName}, which is packed itself; unpack the archive, and import the folder");
        }

        var tables = entries.Where(e => Tables.Contains(Extension(e.Item.FullName))).OrderBy(e => e.Item.FullName, StringComparer.Ordinal).ToList();
        return tables.Count > 0
            ? [.. tables.Select(e => new DataFile($"{path}/{e.Item.FullName}", Stem(e.Item.FullName), () => ZipShelf.Open(path, e.Index)))]
            : throw new FormatException("the archive holds no .csv, .txt or .tsv");
    }

    // ._AAPL.csv holds what macOS notes about AAPL.csv on other systems' disks
    private static bool IsMacNote(string path) => Path.GetFileName(path).StartsWith("._", StringComparison.Ordinal);

    private static bool IsTable(string path) => Tables.Contains(Extension(path)) || (Packed.Contains(Extension(path)) && Tables.Contains(Extension(path[..^Extension(path).Length])));

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();
}
