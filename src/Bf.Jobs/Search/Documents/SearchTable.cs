using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bf.Core.Breadth.Further;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Search.Documents;

/// <summary>
/// A table of the lake as documents of an index: one document a row, fields named as the columns. The documents of a year lie in an index of
/// their own, so that a row that is sent again meets the document that it made before; an alias, named as the table, stands for all of them.
/// </summary>
/// <param name="Schema">The table.</param>
/// <param name="Time">The column whose year chooses the index; null for a table that has one index.</param>
/// <param name="Moment">The documents' <c>ts</c> in SQL, where the lake's table has no such column; null where it has.</param>
internal sealed record SearchTable(TableSchema Schema, string? Time, string? Moment = null)
{
    // Elasticsearch takes no longer one
    private const int LongestId = 512;

    /// <summary>Columns whose text is a document or a list of settings: kept, not searched.</summary>
    private static readonly string[] Opaque = ["memory", "thrust_states", "settings", "inputs"];

    /// <summary>Score and its parts.</summary>
    public static SearchTable Signals { get; } = new(Tables.Signals, "ts");

    /// <summary>Fires of detectors.</summary>
    public static SearchTable Thrusts { get; } = new(Tables.Thrusts, "ts");

    /// <summary>Backtests, at the time when the run began that made them: its name says it.</summary>
    public static SearchTable Backtests { get; } = new(WithTs(Tables.Backtests), "ts", "make_timestamptz(epoch_us(try_strptime(run[1:19], '%Y%m%dT%H%M%S.%g')))");

    /// <summary>Runs, at the time when they began.</summary>
    public static SearchTable Runs { get; } = new(WithTs(Tables.Runs), "ts", "started");

    /// <summary>How streams are: one document an instance and ten seconds. No table of the lake.</summary>
    public static SearchTable Pipeline { get; } = new(new("pipeline",
        [new("ts", ColumnType.Timestamp), new("run", ColumnType.Text), new("instance", ColumnType.Text), new("topic", ColumnType.Text), new("interval", ColumnType.Text), new("universes", ColumnType.Text),
            new("partitions", ColumnType.Long), new("lag", ColumnType.Long), new("rate", ColumnType.Double), new("watermark", ColumnType.Timestamp), new("bars", ColumnType.Long), new("rows", ColumnType.Long),
            new("late", ColumnType.Long), new("bad", ColumnType.Long), new("duplicates", ColumnType.Long), new("corrections", ColumnType.Long), new("final", ColumnType.Truth)],
        ["instance", "ts"]), "ts");

    /// <summary>The name of the alias.</summary>
    public string Alias => Schema.Name;

    /// <summary>What the names of all its indices look like.</summary>
    public string Pattern => $"{Alias}-*";

    /// <summary>Counts and series, with the columns of some indicators on demand.</summary>
    public static SearchTable Breadth(FurtherSet indicators) => new(Tables.BreadthWith(indicators), "ts");

    /// <summary>Whether a column is only kept.</summary>
    public static bool IsOpaque(Column column) => column.Type is not (ColumnType.Text or ColumnType.Long or ColumnType.Int or ColumnType.Double or ColumnType.Timestamp)
        || Array.IndexOf(Opaque, column.Name) >= 0;

    /// <summary>The index of a document.</summary>
    /// <param name="alias">The table.</param>
    /// <param name="ts">The document's time, microseconds since 1970-01-01 UTC; null where it has none.</param>
    public static string IndexOf(string alias, long? ts) => $"{alias}-{(ts is { } t ? Timestamp.ToMoment(t).Year : 0).ToString("0000", CultureInfo.InvariantCulture)}";

    /// <summary>A document's id: the values of the row's key, a time as in the document. One that would be too long ends in the whole's SHA-256.</summary>
    public static string Id(params IEnumerable<string> key)
    {
        var id = string.Join('|', key);
        if (id.Length <= LongestId / 3 || Encoding.UTF8.GetByteCount(id) <= LongestId)
        {
            return id;
        }

        return $"{Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(id), 0, 256).TrimEnd('\uFFFD')}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
    }

    private static TableSchema WithTs(TableSchema table) => table with { Columns = [.. table.Columns, new("ts", ColumnType.Timestamp)] };

    /// <summary>A time as documents have it: ISO-8601 in UTC, with microseconds only where there are any.</summary>
    public static string Text(long ts) =>
        Timestamp.ToMoment(ts).ToString(ts % 1_000_000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
