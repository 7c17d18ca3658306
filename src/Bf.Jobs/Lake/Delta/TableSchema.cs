using System.Text.Json;
using System.Text.Json.Nodes;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Lake.Delta;

/// <summary>The types that our tables use.</summary>
internal enum ColumnType
{
    Text,
    Long,
    Int,
    Double,
    Timestamp,
    Bytes,
    Date,
    Truth,
    /// <summary>One that only others use: its values are carried over as they are.</summary>
    Other,
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Sql">The type in SQL, of a column whose type is none of ours.</param>
internal sealed record Column(string Name, ColumnType Type, string? Sql = null)
{
    /// <summary>A column as a table's log has it.</summary>
    public static Column Of(DeltaField field) => field.Type.SqlType switch
    {
        "VARCHAR" => new(field.Name, ColumnType.Text),
        "BIGINT" => new(field.Name, ColumnType.Long),
        "INTEGER" => new(field.Name, ColumnType.Int),
        "DOUBLE" => new(field.Name, ColumnType.Double),
        "TIMESTAMPTZ" => new(field.Name, ColumnType.Timestamp),
        "BLOB" => new(field.Name, ColumnType.Bytes),
        "DATE" => new(field.Name, ColumnType.Date),
        "BOOLEAN" => new(field.Name, ColumnType.Truth),
        _ => new(field.Name, ColumnType.Other, field.Type.TableType), // a narrower number too: another reader would not take the wider one
    };

    /// <summary>The type in SQL.</summary>
    public string SqlType => Sql ?? Type switch
    {
        ColumnType.Text => "VARCHAR",
        ColumnType.Long => "BIGINT",
        ColumnType.Int => "INTEGER",
        ColumnType.Double => "DOUBLE",
        ColumnType.Timestamp => "TIMESTAMPTZ",
        ColumnType.Date => "DATE",
        ColumnType.Truth => "BOOLEAN",
        _ => "BLOB",
    };

    /// <summary>The type of a vector.</summary>
    public Native.TypeId DuckType => Type switch
    {
        ColumnType.Text => Native.TypeId.Varchar,
        ColumnType.Long => Native.TypeId.BigInt,
        ColumnType.Int => Native.TypeId.Integer,
        ColumnType.Double => Native.TypeId.Double,
        ColumnType.Timestamp => Native.TypeId.TimestampTz,
        ColumnType.Date => Native.TypeId.Date,
        ColumnType.Truth => Native.TypeId.Boolean,
        _ => Native.TypeId.Blob,
    };

    /// <summary>The type in a Delta schema.</summary>
    public string DeltaType => Type switch
    {
        ColumnType.Text => "string",
        ColumnType.Long => "long",
        ColumnType.Int => "integer",
        ColumnType.Double => "double",
        ColumnType.Timestamp => "timestamp",
        ColumnType.Date => "date",
        ColumnType.Truth => "boolean",
        _ => "binary",
    };
}

/// <summary>A table's name, its columns in order, and the columns that together name a row.</summary>
internal sealed record TableSchema(string Name, Column[] Columns, string[] Key)
{
    /// <summary>This schema with all the columns that a table has: those of ours in the types of its log, then those that others gave it.</summary>
    public TableSchema Whole(Snapshot snapshot)
    {
        if (snapshot.MetaData is null)
        {
            return this;
        }

        var there = DeltaSchema.Of(Name, snapshot).Fields.Select(Column.Of).ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
        Column[] ours = [.. Columns.Select(c => there.Remove(c.Name, out var known) ? known : c)];
        return this with { Columns = [.. ours, .. there.Values] };
    }

    /// <summary>The columns as a list for SQL.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(c => DuckConnection.Name(c.Name)));

    /// <summary>A relation without rows that has the table's columns and their types.</summary>
    public string EmptyRelation => $"SELECT {string.Join(", ", Columns.Select(c => $"NULL::{c.SqlType} AS {DuckConnection.Name(c.Name)}"))} WHERE false";

    /// <summary>A CREATE TABLE for a temporary table of this shape.</summary>
    public string CreateTemporary(string name) => $"CREATE TEMP TABLE {name} ({string.Join(", ", Columns.Select(c => $"{DuckConnection.Name(c.Name)} {c.SqlType}"))})";

    /// <summary>The schema as Delta writes it; columns that the table has beyond ours stay behind ours.</summary>
    public string ToDelta(string? existing = null)
    {
        var fields = new JsonArray();
        var kept = existing is null ? [] : FieldsOf(existing);
        foreach (var column in Columns)
        {
            fields.Add(kept.Remove(column.Name, out var known)
                ? known.DeepClone()
                : new JsonObject { ["name"] = column.Name, ["type"] = column.DeltaType, ["nullable"] = true, ["metadata"] = new JsonObject() });
        }

        foreach (var other in kept.Values)
        {
            fields.Add(other.DeepClone());
        }

        return new JsonObject { ["type"] = "struct", ["fields"] = fields }.ToJsonString();
    }

    /// <summary>Whether a Delta schema has every column of ours.</summary>
    /// <exception cref="DeltaException">The schema is damaged.</exception>
    public bool IsIn(string delta)
    {
        var fields = FieldsOf(delta);
        return Columns.All(c => fields.ContainsKey(c.Name));
    }

    private Dictionary<string, JsonNode> FieldsOf(string delta)
    {
        try
        {
            var fields = new Dictionary<string, JsonNode>(StringComparer.OrdinalIgnoreCase);
            foreach (var field in JsonNode.Parse(delta)!.AsObject()["fields"]!.AsArray())
            {
                fields[(string)field!["name"]!] = field;
            }

            return fields;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            throw new DeltaException($"{Name}: the schema in its log is damaged ({e.Message})", e);
        }
    }
}
