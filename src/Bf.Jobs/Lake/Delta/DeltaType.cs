using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Lake.Delta;

/// <summary>A type of a column (Delta protocol, "Schema Serialization Format") and what it is in SQL.</summary>
internal abstract record DeltaType
{
    /// <summary>The type in SQL, its fields under the names that data files call them by.</summary>
    public abstract string SqlType { get; }

    /// <summary>The type in SQL, its fields under the names that the table calls them by.</summary>
    public virtual string TableType => SqlType;

    /// <summary>An expression that gives the fields the names that the table calls them by; the value itself where they are called so.</summary>
    public virtual string Rename(string value) => value;

    /// <summary>The type of a schema's node.</summary>
    /// <exception cref="NotSupportedException">A type that bf does not read; the message is its name.</exception>
    public static DeltaType Parse(JsonNode? type) => type is JsonObject nested
        ? (string?)nested["type"] switch
        {
            "struct" => new StructType(DeltaSchema.OfStruct(nested)),
            "array" => new ListType(Parse(nested["elementType"])),
            "map" => new MapType(Parse(nested["keyType"]), Parse(nested["valueType"])),
            _ => throw new NotSupportedException(nested.ToJsonString()),
        }
        : new PlainType((string?)type switch
        {
            "string" => "VARCHAR",
            "long" => "BIGINT",
            "integer" => "INTEGER",
            "short" => "SMALLINT",
            "byte" => "TINYINT",
            "float" => "FLOAT",
            "double" => "DOUBLE",
            "boolean" => "BOOLEAN",
            "binary" => "BLOB",
            "date" => "DATE",
            "timestamp" => "TIMESTAMPTZ",
            "timestamp_ntz" => "TIMESTAMP",
            "void" => "VARCHAR", // nothing but NULL
            { } name when Decimal(name) is { } decimals => $"DECIMAL({decimals.Precision}, {decimals.Scale})",
            var other => throw new NotSupportedException(other ?? "none"),
        });

    /// <summary>Digits in all and after the point of <c>decimal(p,s)</c>; null for other types.</summary>
    public static (int Precision, int Scale)? Decimal(string name)
    {
        const string Start = "decimal(";
        return name.StartsWith(Start, StringComparison.Ordinal) && name.EndsWith(')') && name[Start.Length..^1].Split(',') is [var p, var s]
            && int.TryParse(p, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var precision) && int.TryParse(s, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var scale)
            ? (precision, scale)
            : null;
    }
}

/// <summary>A type without parts.</summary>
internal sealed record PlainType(string Sql) : DeltaType
{
    /// <inheritdoc/>
    public override string SqlType => Sql;
}

/// <summary>Fields side by side.</summary>
internal sealed record StructType(DeltaField[] Fields) : DeltaType
{
    /// <inheritdoc/>
    public override string SqlType => $"STRUCT({string.Join(", ", Fields.Select(f => $"{DuckConnection.Name(f.PhysicalName)} {f.Type.SqlType}"))})";

    /// <inheritdoc/>
    public override string TableType => $"STRUCT({string.Join(", ", Fields.Select(f => $"{DuckConnection.Name(f.Name)} {f.Type.TableType}"))})";

    /// <inheritdoc/>
    public override string Rename(string value)
    {
        var fields = Fields.Select(f => (f.Name, f.PhysicalName, Value: $"{value}.{DuckConnection.Name(f.PhysicalName)}", f.Type)).ToList();
        return fields.All(f => f.Name == f.PhysicalName && f.Type.Rename(f.Value) == f.Value)
            ? value
            : $"CASE WHEN {value} IS NOT NULL THEN struct_pack({string.Join(", ", fields.Select(f => $"{DuckConnection.Name(f.Name)} := {f.Type.Rename(f.Value)}"))}) END";
    }
}

/// <summary>Elements of one type.</summary>
internal sealed record ListType(DeltaType Element) : DeltaType
{
    /// <inheritdoc/>
    public override string SqlType => $"{Element.SqlType}[]";

    /// <inheritdoc/>
    public override string TableType => $"{Element.TableType}[]";

    /// <inheritdoc/>
    public override string Rename(string value) => Each(value, Element);

    /// <summary>A list with its elements' fields renamed; the list itself where there is nothing to rename.</summary>
    public static string Each(string list, DeltaType element) =>
        element.Rename("e") is var renamed && renamed == "e" ? list : $"list_transform({list}, lambda e: {renamed})";
}

/// <summary>Values by key.</summary>
internal sealed record MapType(DeltaType Key, DeltaType Value) : DeltaType
{
    /// <inheritdoc/>
    public override string SqlType => $"MAP({Key.SqlType}, {Value.SqlType})";

    /// <inheritdoc/>
    public override string TableType => $"MAP({Key.TableType}, {Value.TableType})";

    /// <inheritdoc/>
    public override string Rename(string value)
    {
        var (keys, values) = ($"map_keys({value})", $"map_values({value})");
        return ListType.Each(keys, Key) == keys && ListType.Each(values, Value) == values
            ? value
            : $"CASE WHEN {value} IS NOT NULL THEN map({ListType.Each(keys, Key)}, {ListType.Each(values, Value)}) END";
    }
}
