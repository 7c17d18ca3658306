using System.Globalization;
using System.Text;
using Bf.Core.Market;
using static Bf.Jobs.Lake.DuckDb.Native;

namespace Bf.Jobs.Query;

/// <summary>A value that has no parts as text that keeps it exactly: a double with the digits that round-trip, a time in UTC.</summary>
internal static unsafe class ValueText
{
    /// <summary>What a type's values are; null for types without a text.</summary>
    public static CellKind? Kind(TypeId type) => type switch
    {
        TypeId.Boolean => CellKind.Truth,
        (>= TypeId.TinyInt and <= TypeId.Double) or TypeId.HugeInt or TypeId.UHugeInt or TypeId.Decimal => CellKind.Number,
        TypeId.Varchar or TypeId.Blob or TypeId.Date or TypeId.Time or TypeId.Timestamp or TypeId.TimestampTz or TypeId.TimestampMs or TypeId.TimestampS => CellKind.Text,
        TypeId.List or TypeId.Array or TypeId.Struct or TypeId.Map => CellKind.Json,
        _ => null,
    };

    /// <summary>The text of the value in a row of a vector, which is not NULL.</summary>
    /// <param name="type">The vector's type.</param>
    /// <param name="data">The vector's values.</param>
    /// <param name="row">The row.</param>
    /// <param name="vector">The vector.</param>
    public static string Of(TypeId type, void* data, int row, nint vector)
    {
        var c = CultureInfo.InvariantCulture;
        return type switch
        {
            TypeId.Boolean => ((byte*)data)[row] != 0 ? "true" : "false",
            TypeId.TinyInt => ((sbyte*)data)[row].ToString(c),
            TypeId.SmallInt => ((short*)data)[row].ToString(c),
            TypeId.Integer => ((int*)data)[row].ToString(c),
            TypeId.BigInt => ((long*)data)[row].ToString(c),
            TypeId.UTinyInt => ((byte*)data)[row].ToString(c),
            TypeId.USmallInt => ((ushort*)data)[row].ToString(c),
            TypeId.UInteger => ((uint*)data)[row].ToString(c),
            TypeId.UBigInt => ((ulong*)data)[row].ToString(c),
            TypeId.HugeInt => ((Int128*)data)[row].ToString(c),
            TypeId.UHugeInt => ((UInt128*)data)[row].ToString(c),
            TypeId.Float => ((float*)data)[row].ToString("R", c),
            TypeId.Double => ((double*)data)[row].ToString("R", c),
            TypeId.Decimal => Decimal(data, row, vector),
            TypeId.Varchar => Encoding.UTF8.GetString(Bytes((StringT*)data + row)),
            TypeId.Blob => "\\x" + Convert.ToHexStringLower(Bytes((StringT*)data + row)),
            TypeId.Date => DateOnly.FromDayNumber(719162 + ((int*)data)[row]).ToString("yyyy-MM-dd", c),
            TypeId.Time => TimeSpan.FromMicroseconds(((long*)data)[row]).ToString(@"hh\:mm\:ss\.ffffff", c),
            TypeId.Timestamp => Time(((long*)data)[row], ""),
            TypeId.TimestampTz => Time(((long*)data)[row], "Z"),
            TypeId.TimestampMs => Time(checked(((long*)data)[row] * 1000), ""),
            TypeId.TimestampS => Time(checked(((long*)data)[row] * 1_000_000), ""),
            _ => NestedText.Json(vector, row),
        };
    }

    private static string Time(long micros, string zone)
    {
        if (micros is < -62_135_596_800_000_000 or > 253_402_300_799_999_999)
        {
            return micros > 0 ? "infinity" : "-infinity";
        }

        var fraction = micros % 1_000_000 == 0 ? "" : "'.'ffffff";
        return Timestamp.ToMoment(micros).ToString($"yyyy-MM-dd'T'HH:mm:ss{fraction}", CultureInfo.InvariantCulture) + zone;
    }

    private static string Decimal(void* data, int row, nint vector)
    {
        var type = VectorType(vector);
        var (scale, holder) = (DecimalScale(type), DecimalInternalType(type));
        DestroyLogicalType(ref type);
        var digits = holder switch
        {
            TypeId.SmallInt => ((short*)data)[row],
            TypeId.Integer => ((int*)data)[row],
            TypeId.BigInt => ((long*)data)[row],
            _ => ((Int128*)data)[row],
        };

        var text = Int128.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(digits < 0 ? "-" : "")}{(scale == 0 ? text : $"{text[..^scale]}.{text[^scale..]}")}";
    }
}
