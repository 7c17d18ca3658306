using System.Text.RegularExpressions;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Lake.DuckDb;

/// <summary>
/// Finds the table's file that made a statement fail. DuckDB does not always name it, and never says what to do; looking for it costs
/// something only when something failed.
/// </summary>
internal static partial class DamagedFile
{
    /// <summary>What to do about a table that is not whole.</summary>
    public static string Advice(string table) => $"see what is wrong and how to repair it with: bf table check {table}";

    /// <summary>The message of a statement that failed: DuckDB's, or what is wrong with which file when it is one of a table's.</summary>
    /// <param name="connection">Where it failed.</param>
    /// <param name="statements">What was run there.</param>
    /// <param name="message">What DuckDB says.</param>
    public static string Explain(DuckConnection connection, IEnumerable<string> statements, string message)
    {
        if (!PerhapsOfAFile().IsMatch(message))
        {
            return message;
        }

        foreach (var file in statements.SelectMany(s => FileNames().Matches(s)).Select(m => m.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal)).Distinct())
        {
            var copied = LocatedFiles.Of(file);
            if ((copied?.Table ?? TableOf(file)) is { } table && Problem(connection, file) is { } problem)
            {
                return $"{copied?.Place ?? file} {problem}; {Advice(table)}";
            }
        }

        return message;
    }

    private static string? Problem(DuckConnection connection, string file)
    {
        if (!File.Exists(file))
        {
            return "is missing";
        }

        try
        {
            connection.Execute($"SELECT bit_xor(hash(r)) FROM read_parquet({DuckConnection.File(file)}) r");
            return null;
        }
        catch (DuckException e)
        {
            return $"can't be read ({e.Message.Split('\n')[0]})";
        }
    }

    /// <summary>The name of the table that a data file lies in; null for a file of nobody's table, or of a log.</summary>
    private static string? TableOf(string file)
    {
        for (var folder = Path.GetDirectoryName(file); folder is not null && Path.GetFileName(folder) != "_delta_log"; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(Path.Combine(folder, "_delta_log")))
            {
                return Path.GetFileName(folder);
            }
        }

        return null;
    }

    // what a text in SQL can do wrong by itself has other names
    [GeneratedRegex(@"^(IO|Invalid|Invalid Input|INTERNAL|Serialization|Out of Memory)\b.*Error|TProtocolException", RegexOptions.IgnoreCase)]
    private static partial Regex PerhapsOfAFile();

    [GeneratedRegex(@"'((?:[^']|'')+\.parquet)'")]
    private static partial Regex FileNames();
}
