using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bf.Jobs.Tests.Lake;

/// <summary>
/// The tables of <c>Data/delta/tables.sql</c>, which Spark wrote: a copy of them with the rows that Spark reads from each version, and how
/// such rows are compared. <c>Data/delta/README.md</c> says how they are made anew.
/// </summary>
internal static partial class SparkTables
{
    // where the copy's absolute paths begin
    private const string Root = "{root}";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Bf.Jobs.Tests", "Data", "delta");

    private static string ZipFile => Path.Combine(Folder, "tables.zip");

    private static string RowsFile => Path.Combine(Folder, "rows.json");

    /// <summary>The statements that make the tables in a folder.</summary>
    public static IEnumerable<string> Statements(string root) =>
        from part in StatementEnd().Split(Comment().Replace(File.ReadAllText(Path.Combine(Folder, "tables.sql")), ""))
        where part.Trim().Length > 0
        select part.Trim().Replace(Root, root, StringComparison.Ordinal);

    /// <summary>The tables in a folder and the versions of each that can be read.</summary>
    public static IEnumerable<(string Table, long Version)> Versions(string root) =>
        from table in Directory.EnumerateDirectories(root).Select(t => Path.GetFileName(t)!).Order(StringComparer.Ordinal)
        from log in Directory.EnumerateFiles(Path.Combine(root, table, "_delta_log"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)
        where log.Length == 20
        let version = long.Parse(log, CultureInfo.InvariantCulture)
        where table != "vacuumed" || version is not 1 // its files are gone
        select (table, version);

    /// <summary>The question that is asked of a table, in the SQL of both.</summary>
    public static string Question(string table, string relation) =>
        table == "deleted" ? $"SELECT k, block, count(*) AS n FROM {relation} GROUP BY k, block" : $"SELECT * FROM {relation}";

    /// <summary>Spark's statement that gives the rows of all versions of a table as JSON.</summary>
    public static string AskSpark(string root, string table, IEnumerable<long> versions) =>
        string.Join(" UNION ALL ", versions.Select(v => $"""
            SELECT '{table}@{v}' AS k, to_json(struct(*), map('ignoreNullFields', 'false', 'timestampFormat', "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", 'timestampNTZFormat', "yyyy-MM-dd'T'HH:mm:ss.SSSSSS")) AS v
            FROM ({Question(table, $"delta.`{root}/{table}` VERSION AS OF {v}")})
            """));

    /// <summary>Puts the copy of the tables into a folder.</summary>
    public static void Extract(string root)
    {
        System.IO.Compression.ZipFile.ExtractToDirectory(ZipFile, root);
        Replace(root, Root, root);
    }

    /// <summary>The rows of each version in the copy, by <c>table@version</c>.</summary>
    public static Dictionary<string, string[]> Rows() => JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(RowsFile))!;

    /// <summary>Makes the tables of a folder the copy.</summary>
    public static void Keep(string root, IEnumerable<KeyValuePair<string, string[]>> rows)
    {
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".crc", StringComparison.Ordinal)))
        {
            File.Delete(file); // no part of a table
        }

        foreach (var checkpoint in Directory.EnumerateFiles(Path.Combine(root, "clone", "_delta_log"), "*checkpoint*"))
        {
            File.Delete(checkpoint); // its paths can't be replaced
        }

        Replace(root, root, Root);
        File.Delete(ZipFile);
        System.IO.Compression.ZipFile.CreateFromDirectory(root, ZipFile, CompressionLevel.SmallestSize, includeBaseDirectory: false);
        File.WriteAllText(RowsFile, JsonSerializer.Serialize(rows.ToDictionary(r => r.Key, r => r.Value), Indented) + "\n");
    }

    /// <summary>A value as both would write it: numbers without their forms, binaries in base 64, times without an empty fraction, fields by name.</summary>
    public static string Canonical(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(",", value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}:{Canonical(p.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(",", value.EnumerateArray().Select(Canonical))}]",
        JsonValueKind.Number => Number(value.GetRawText()),
        JsonValueKind.String when value.GetString() is var text && Hex().IsMatch(text!) => JsonSerializer.Serialize(Convert.ToBase64String(Convert.FromHexString(text![2..]))),
        JsonValueKind.String => JsonSerializer.Serialize(EmptyFraction().Replace(value.GetString()!, "")),
        _ => value.GetRawText(),
    };

    private static string Number(string text)
    {
        var exponent = text.IndexOfAny(['e', 'E']) is var e && e >= 0 ? int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var mantissa = e >= 0 ? text[..e] : text;
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        exponent -= point >= 0 ? mantissa.Length - point - 1 : 0;
        var digits = BigInteger.Parse(mantissa.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        for (; !digits.IsZero && digits % 10 == 0; digits /= 10)
        {
            exponent++;
        }

        return digits.IsZero ? "0" : $"{digits}e{exponent}";
    }

    private static void Replace(string root, string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "clone", "_delta_log"), "*.json"))
        {
            File.WriteAllText(file, File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));
        }
    }

    [GeneratedRegex(@"^--.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@";\s*$", RegexOptions.Multiline)]
    private static partial Regex StatementEnd();

    [GeneratedRegex(@"^\\x([0-9a-f]{2})*$")]
    private static partial Regex Hex();

    [GeneratedRegex(@"(?<=T\d\d:\d\d:\d\d)\.000000(?=Z?$)")]
    private static partial Regex EmptyFraction();
}
