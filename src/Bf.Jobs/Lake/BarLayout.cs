using System.Globalization;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Lake;

/// <summary>
/// How bars lie in their files: one file a calendar year, sorted by symbol and time, in row groups that are small enough to read a
/// range of symbols without reading the rest. The first symbol of each row group stands in the file's tags, so that a reader can cut
/// the symbols into equal parts without opening the file.
/// </summary>
internal static class BarLayout
{
    /// <summary>Rows in a row group.</summary>
    public const int RowGroup = 20_480;

    /// <summary>The tag that says a file's symbols: every file of bars has it that bf wrote.</summary>
    public const string Tag = "bf.symbols";

    // Decoding is most of a full run: lz4 halves it against zstd, for half as much space again.
    private const string Codec = "lz4_raw";

    /// <summary>Writes the rows of a SELECT, which need not be sorted, as one file.</summary>
    public static AddFile? Write(DeltaTable bars, DuckConnection connection, string select, string prefix)
    {
        var file = bars.WriteFile(connection, $"{select} ORDER BY symbol, ts", prefix, RowGroup, Codec);
        if (file is null)
        {
            return null;
        }

        file.Tags![Tag] = string.Join('\n', ReadMarks(bars, connection, file));
        return file;
    }

    /// <summary>The first symbol of each row group of a file.</summary>
    public static IReadOnlyList<string> Marks(DeltaTable bars, DuckConnection connection, AddFile file) =>
        file.Tags?.GetValueOrDefault(Tag) is { } tag
            ? tag.Split('\n')
            : ReadMarks(bars, connection, file);

    /// <summary>The calendar year in which all of a file's bars lie, or null.</summary>
    public static int? YearOf(AddFile file)
    {
        var statistics = FileStatistics.Of(file);
        return statistics.MinTime("ts") is { } low && statistics.MaxTime("ts") is { } high && Year(low) == Year(high) ? Year(low) : null;

        static int Year(long ts) => Core.Market.Timestamp.ToMoment(ts).Year;
    }

    /// <summary>Whether a file was written in this layout.</summary>
    public static bool IsMarked(AddFile file) => file.Tags?.ContainsKey(Tag) == true;

    /// <summary>Whether the tags of a marked file say what the file says.</summary>
    public static bool IsMarkedTruly(DeltaTable bars, DuckConnection connection, AddFile file) => ReadMarks(bars, connection, file).SequenceEqual(Marks(bars, connection, file));

    /// <summary>How the name of a year's file begins.</summary>
    public static string Prefix(int year) => year.ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>A condition of SQL for the bars of a calendar year.</summary>
    public static string InYear(int year) => $"ts >= '{year:D4}-01-01 00:00:00+00' AND ts < '{year + 1:D4}-01-01 00:00:00+00'";

    private static List<string> ReadMarks(DeltaTable bars, DuckConnection connection, AddFile file)
    {
        var marks = new List<string>();
        using var rows = connection.Query($"SELECT stats_min_value FROM parquet_metadata({DuckConnection.File(bars.Locate(file))}) WHERE path_in_schema = 'symbol' AND stats_min_value IS NOT NULL ORDER BY row_group_id");
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                marks.Add(rows.Text(0, i));
            }
        }

        return marks;
    }
}
