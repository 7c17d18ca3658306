using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bf.Jobs.Lake.Delta;

/// <summary>
/// The statistics of a data file (Delta protocol, "Per-file Statistics"): number of rows, and of each column the number of NULLs
/// and, where they help to skip a file, the least and greatest value.
/// </summary>
internal sealed class FileStatistics
{
    private readonly AddFile _file;
    private readonly JsonElement _json;

    private FileStatistics(AddFile file, JsonElement json) => (_file, _json) = (file, json);

    /// <summary>The number of rows that belong to the table, or null when the file's writer did not say.</summary>
    public long? Rows => Part("numRecords") is { ValueKind: JsonValueKind.Number } rows && rows.TryGetInt64(out var count) ? count - (_file.DeletionVector?.Cardinality ?? 0) : null;

    /// <summary>The statistics of a file as the log has them; all unknown when it has none.</summary>
    public static FileStatistics Of(AddFile file)
    {
        try
        {
            return file.Stats is null ? new(file, default) : new(file, JsonDocument.Parse(file.Stats).RootElement);
        }
        catch (JsonException)
        {
            return new(file, default);
        }
    }

    /// <summary>The least text of a column, or null.</summary>
    public string? MinText(string column) => Text("minValues", column);

    /// <summary>The greatest text of a column, or null.</summary>
    public string? MaxText(string column) => Text("maxValues", column);

    /// <summary>The least time of a column in microseconds, or null.</summary>
    public long? MinTime(string column) => Micros(MinText(column));

    /// <summary>The greatest time of a column in microseconds, or null.</summary>
    /// <remarks>The log keeps milliseconds: files of bars that bf wrote are rounded up, those of others are cut off.</remarks>
    public long? MaxTime(string column) => Micros(MaxText(column)) + (_file.Tags?.ContainsKey(BarLayout.Tag) == true ? 0 : 999);

    /// <summary>Whether a column of the file may hold a text.</summary>
    public bool MayHold(string column, string text) =>
        MinText(column) is not { } low || MaxText(column) is not { } high || (Utf8Order.Instance.Compare(low, text) <= 0 && Utf8Order.Instance.Compare(text, high) <= 0);

    /// <summary>Statistics in the log's form, from those that DuckDB returns when it has written a file.</summary>
    public static string ToLog(TableSchema schema, long rows, Dictionary<string, Dictionary<string, string>> written)
    {
        StringBuilder min = new(), max = new(), nulls = new();
        foreach (var column in schema.Columns)
        {
            if (!written.TryGetValue($"\"{column.Name}\"", out var s))
            {
                continue;
            }

            if (s.TryGetValue("null_count", out var count))
            {
                Add(nulls, column, count);
            }

            if (s.TryGetValue("min", out var low) && s.TryGetValue("max", out var high))
            {
                switch (column.Type)
                {
                    case ColumnType.Text when high.Length <= 256:
                        Add(min, column, Quote(low));
                        Add(max, column, Quote(high));
                        break;
                    case ColumnType.Long or ColumnType.Int:
                        Add(min, column, low);
                        Add(max, column, high);
                        break;
                    case ColumnType.Timestamp:
                        // the log keeps milliseconds: the greatest is rounded up, so that no row lies outside
                        Add(min, column, Quote(Milliseconds(low, 0)));
                        Add(max, column, Quote(Milliseconds(high, 999)));
                        break;
                }
            }
        }

        return $"{{\"numRecords\":{rows},\"minValues\":{{{min}}},\"maxValues\":{{{max}}},\"nullCount\":{{{nulls}}}}}";

        static void Add(StringBuilder list, Column column, string value) => list.Append(list.Length > 0 ? "," : "").Append(Quote(column.Name)).Append(':').Append(value);
        static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
    }

    private JsonElement? Part(string name) => Value(_json, name);

    private string? Text(string part, string column)
    {
        try
        {
            return Part(part) is { } values && Value(values, _file.Schema?.PhysicalNameOf(column) ?? column) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair is JSON, but no text
        }
    }

    private static JsonElement? Value(JsonElement json, string name)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            return null; // the same in a name
        }
    }

    private static string Milliseconds(string time, int addMicros)
    {
        var t = DateTimeOffset.Parse(time.EndsWith("+00", StringComparison.Ordinal) ? time + ":00" : time, CultureInfo.InvariantCulture);
        var cut = t.AddMicroseconds(addMicros).UtcTicks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond; // downwards, also before 1970
        return new DateTimeOffset(cut, TimeSpan.Zero).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    private static long? Micros(string? time) =>
        time is not null && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var t)
            ? (t - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            : null;
}
