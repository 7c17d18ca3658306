using System.Globalization;
using System.Text.Json.Nodes;

namespace Bf.Jobs.Lake.Delta;

/// <summary>
/// The statistics of a data file (Delta protocol, "Per-file Statistics"): number of rows, and of each column the number of NULLs
/// and, where they help to skip a file, the least and greatest value.
/// </summary>
internal sealed class FileStatistics
{
    private readonly JsonObject _json;

    private FileStatistics(JsonObject json) => _json = json;

    /// <summary>The number of rows, or null when the file's writer did not say.</summary>
    public long? Rows => (long?)_json["numRecords"];

    /// <summary>The statistics of a file as the log has them; all unknown when it has none.</summary>
    public static FileStatistics Of(AddFile file)
    {
        try
        {
            return new(file.Stats is null ? [] : JsonNode.Parse(file.Stats) as JsonObject ?? []);
        }
        catch (System.Text.Json.JsonException)
        {
            return new([]);
        }
    }

    /// <summary>The least text of a column, or null.</summary>
    public string? MinText(string column) => (string?)_json["minValues"]?[column];

    /// <summary>The greatest text of a column, or null.</summary>
    public string? MaxText(string column) => (string?)_json["maxValues"]?[column];

    /// <summary>The least time of a column in microseconds, or null.</summary>
    public long? MinTime(string column) => Micros(MinText(column));

    /// <summary>The greatest time of a column in microseconds, or null.</summary>
    public long? MaxTime(string column) => Micros(MaxText(column));

    /// <summary>Statistics in the log's form, from those that DuckDB returns when it has written a file.</summary>
    public static string ToLog(TableSchema schema, long rows, Dictionary<string, Dictionary<string, string>> written)
    {
        JsonObject min = [], max = [], nulls = [];
        foreach (var column in schema.Columns)
        {
            if (!written.TryGetValue($"\"{column.Name}\"", out var s))
            {
                continue;
            }

            if (s.TryGetValue("null_count", out var count))
            {
                nulls[column.Name] = long.Parse(count, CultureInfo.InvariantCulture);
            }

            if (s.TryGetValue("min", out var low) && s.TryGetValue("max", out var high))
            {
                switch (column.Type)
                {
                    case ColumnType.Text when high.Length <= 256:
                        (min[column.Name], max[column.Name]) = (low, high);
                        break;
                    case ColumnType.Long or ColumnType.Int:
                        (min[column.Name], max[column.Name]) = (long.Parse(low, CultureInfo.InvariantCulture), long.Parse(high, CultureInfo.InvariantCulture));
                        break;
                    case ColumnType.Timestamp:
                        // the log keeps milliseconds: the greatest is rounded up, so that no row lies outside
                        (min[column.Name], max[column.Name]) = (Milliseconds(low, 0), Milliseconds(high, 999));
                        break;
                }
            }
        }

        return new JsonObject { ["numRecords"] = rows, ["minValues"] = min, ["maxValues"] = max, ["nullCount"] = nulls }.ToJsonString();
    }

    private static string Milliseconds(string time, int addMicros)
    {
        var t = DateTimeOffset.Parse(time.EndsWith("+00", StringComparison.Ordinal) ? time + ":00" : time, CultureInfo.InvariantCulture);
        var ms = (t.AddMicroseconds(addMicros) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        return DateTimeOffset.UnixEpoch.AddMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    private static long? Micros(string? time) =>
        time is not null && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var t)
            ? (t - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            : null;
}
