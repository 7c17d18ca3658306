using System.Globalization;
using System.Text.Json;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Maintenance;

/// <summary>Holds a data file against what the log says of it: size, checksum, columns, rows, NULLs, least and greatest values.</summary>
internal sealed class FileCheck(DeltaTable table, Snapshot snapshot, DuckConnection connection)
{
    /// <summary>Rows read so far.</summary>
    public long Rows { get; private set; }

    /// <summary>What is wrong with a file; null when nothing is.</summary>
    public string? Problem(AddFile file)
    {
        if (table.Look(file.Path) is not { } there)
        {
            return "is missing";
        }

        if (there.Size is var size && size != file.Size)
        {
            return string.Create(CultureInfo.InvariantCulture, $"has {size} bytes; the log says {file.Size}");
        }

        if (file.Tags?.GetValueOrDefault(Checksum.Tag) is { } written && Checksum.Of(table.LocateAnew(file)) != written)
        {
            return "has other bytes than were written (its checksum differs)";
        }

        try
        {
            return WrongColumn(file) ?? WrongStatistic(file) ?? (BarLayout.IsMarked(file) && !BarLayout.IsMarkedTruly(table, connection, file) ? "has row groups other than its tags say" : null);
        }
        catch (DuckException e)
        {
            return $"can't be read: {e.Message.Split('\n')[0]}";
        }
    }

    private string? WrongColumn(AddFile file)
    {
        using var rows = connection.Query($"SELECT * FROM {table.Parquet([file])} LIMIT 0");
        var there = rows.Names.Index().ToDictionary(n => n.Item, n => rows.Types[n.Index], StringComparer.OrdinalIgnoreCase);
        return table.Schema.Columns.FirstOrDefault(c => there.TryGetValue(c.Name, out var type) && !Fits(c.Type, type)) is { } wrong
            ? $"has a column {wrong.Name} of type {there[wrong.Name]}; the table's is {wrong.Type}"
            : null;
    }

    private static bool Fits(ColumnType wanted, Native.TypeId there) => wanted switch
    {
        ColumnType.Long or ColumnType.Int => there is >= Native.TypeId.TinyInt and <= Native.TypeId.UBigInt,
        ColumnType.Double => there is Native.TypeId.Float or Native.TypeId.Double,
        ColumnType.Timestamp => there is Native.TypeId.Timestamp or Native.TypeId.TimestampTz or Native.TypeId.TimestampMs,
        ColumnType.Text => there is Native.TypeId.Varchar,
        _ => true,
    };

    private string? WrongStatistic(AddFile file)
    {
        var claims = file.DeletionVector is not null ? [] : Claims(file).ToList();
        // every value is decoded, since a hash of all is asked for: bounds alone come from the file's footer
        var asked = string.Join("", claims.Select(c => $", coalesce({c.Condition}, true)"));
        using var rows = connection.Query($"SELECT count(*), bit_xor(hash(r)){asked} FROM {table.Relation(snapshot, [file])} r");
        rows.Next();
        Rows += rows.Column<long>(0)[0];
        for (var i = 0; i < claims.Count; i++)
        {
            if (rows.Column<byte>(i + 2)[0] == 0)
            {
                return $"is not as its statistics say: {claims[i].What}";
            }
        }

        return null;
    }

    /// <summary>What the statistics claim, as conditions of SQL.</summary>
    private IEnumerable<(string What, string Condition)> Claims(AddFile file)
    {
        if (FileStatistics.Of(file).Rows is { } count)
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"{count} rows"), $"count(*) = {count}");
        }

        if (file.Stats is null)
        {
            yield break;
        }

        using var json = JsonDocument.Parse(file.Stats);
        foreach (var column in table.Schema.Columns)
        {
            var name = DuckConnection.Name(column.Name);
            if (Value(json, "nullCount", column) is { } nulls)
            {
                yield return ($"{nulls} NULLs in {column.Name}", $"count(*) - count({name}) = {nulls.GetRawText()}");
            }

            // others cut times to milliseconds and long texts to a prefix, which is no fault
            var slack = column.Type == ColumnType.Timestamp ? " - INTERVAL 1 MILLISECOND" : "";
            if (Bound(json, "minValues", column) is { } low)
            {
                yield return ($"least {column.Name} {low}", $"min({name}) >= {low}{Widened("min", ">=", low)}");
            }

            if (Bound(json, "maxValues", column) is { } high)
            {
                yield return ($"greatest {column.Name} {high}", $"max({name}){slack} <= {high}{Widened("max", "<=", high)}");
            }

            // a column that became wider has the bounds of older files in the digits of the narrower type
            string Widened(string bound, string comparison, string claim) =>
                file.Schema is not null && column.Type == ColumnType.Double ? $" OR {bound}({name})::FLOAT {comparison} {claim}::FLOAT" : "";
        }
    }

    private static JsonElement? Value(JsonDocument stats, string part, Column column) =>
        stats.RootElement.TryGetProperty(part, out var values) && values.ValueKind == JsonValueKind.Object && values.TryGetProperty(column.Name, out var value)
        && value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? value : null;

    private static string? Bound(JsonDocument stats, string part, Column column) => (column.Type, Value(stats, part, column)) switch
    {
        (_, null) => null,
        (ColumnType.Text or ColumnType.Timestamp or ColumnType.Date, { ValueKind: JsonValueKind.String } text) => $"{DuckConnection.Quote(text.GetString()!)}::{column.SqlType}",
        (ColumnType.Long or ColumnType.Int or ColumnType.Double, { ValueKind: JsonValueKind.Number } number) => $"({number.GetRawText()})::{column.SqlType}",
        _ => null,
    };
}
