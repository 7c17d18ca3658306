namespace Bf.Jobs.Spark.Connect.Arrow;

/// <summary>What a column holds, by Spark's type of it.</summary>
internal enum ArrowKind
{
    /// <summary>VOID: only NULL.</summary>
    Void,
    Boolean,
    TinyInt,
    SmallInt,
    Int,
    BigInt,
    Float,
    Double,
    String,
    Binary,
    /// <summary>Days since 1970, as INT.</summary>
    Date,
    /// <summary>Microseconds since 1970 in UTC, as BIGINT.</summary>
    Timestamp,
    /// <summary>The same without a zone.</summary>
    TimestampNtz,
}

/// <summary>A column's name and kind.</summary>
internal readonly record struct ArrowField(string Name, ArrowKind Kind)
{
    /// <summary>Bytes of one value; 0 where values are bits, or of different lengths.</summary>
    public int Width => Kind switch
    {
        ArrowKind.TinyInt => 1,
        ArrowKind.SmallInt => 2,
        ArrowKind.Int or ArrowKind.Float or ArrowKind.Date => 4,
        ArrowKind.BigInt or ArrowKind.Double or ArrowKind.Timestamp or ArrowKind.TimestampNtz => 8,
        _ => 0,
    };

    /// <summary>Reads a field of a schema (Arrow's Schema.fbs).</summary>
    /// <exception cref="JobException">bf does not read its type.</exception>
    public static ArrowField Read(FlatTable field)
    {
        var name = field.Text(0);
        var type = field.Byte(2);
        var details = field.Has(3) ? field.Table(3) : default;
        ArrowKind? kind = (type, field.Has(4)) switch
        {
            (_, true) => null, // a dictionary
            (1, _) => ArrowKind.Void,
            (2, _) => (details.Int(0), details.Byte(1)) switch
            {
                (8, 1) => ArrowKind.TinyInt,
                (16, 1) => ArrowKind.SmallInt,
                (32, 1) => ArrowKind.Int,
                (64, 1) => ArrowKind.BigInt,
                _ => null,
            },
            (3, _) => details.Short(0) switch { 1 => ArrowKind.Float, 2 => ArrowKind.Double, _ => null },
            (4, _) => ArrowKind.Binary,
            (5, _) => ArrowKind.String,
            (6, _) => ArrowKind.Boolean,
            (8, _) => details.Short(0, 1) == 0 ? ArrowKind.Date : null,
            (10, _) => details.Short(0) == 2 ? (details.Has(1) ? ArrowKind.Timestamp : ArrowKind.TimestampNtz) : null,
            _ => null,
        };
        return kind is { } known ? new(name, known)
            : throw new JobException($"column {name} of Spark's answer has a type that bf does not read ({TypeName(type)}); cast it in the SQL: CAST({name} AS STRING), or to_json({name}) for what has parts");
    }

    private static string TypeName(byte type) => type switch
    {
        7 => "DECIMAL",
        9 => "TIME",
        11 or 18 => "INTERVAL",
        12 => "ARRAY",
        13 => "STRUCT",
        17 => "MAP",
        _ => $"Arrow type {type}",
    };
}
