using System.Globalization;
using System.Text;
using Bf.Core.Market;
using Bf.Jobs.Lake.DuckDb;
using static Bf.Jobs.Lake.DuckDb.Native;

namespace Bf.Jobs.Query;

/// <summary>Values of a result as text that keeps them exactly: a double with the digits that round-trip, a time in UTC.</summary>
internal sealed class CellReader(DuckResult rows)
{
    /// <summary>What each column holds.</summary>
    public IEnumerable<CellKind> Kinds => rows.Types.Select(t => t switch
    {
        TypeId.Boolean => CellKind.Truth,
        (>= TypeId.TinyInt and <= TypeId.Double) or TypeId.HugeInt or TypeId.UHugeInt or TypeId.Decimal => CellKind.Number,
        _ => CellKind.Text,
    });

    /// <summary>A value of the present chunk; null for NULL.</summary>
    public string? Text(int column, int row)
    {
        if (rows.IsNull(column, row))
        {
            return null;
        }

        var c = CultureInfo.InvariantCulture;
        return rows.Types[column] switch
        {
            TypeId.Boolean => rows.Column<byte>(column)[row] != 0 ? "true" : "false",
            TypeId.TinyInt => rows.Column<sbyte>(column)[row].ToString(c),
            TypeId.SmallInt => rows.Column<short>(column)[row].ToString(c),
            TypeId.Integer => rows.Column<int>(column)[row].ToString(c),
            TypeId.BigInt => rows.Column<long>(column)[row].ToString(c),
            TypeId.UTinyInt => rows.Column<byte>(column)[row].ToString(c),
            TypeId.USmallInt => rows.Column<ushort>(column)[row].ToString(c),
            TypeId.UInteger => rows.Column<uint>(column)[row].ToString(c),
            TypeId.UBigInt => rows.Column<ulong>(column)[row].ToString(c),
            TypeId.HugeInt => rows.Column<Int128>(column)[row].ToString(c),
            TypeId.UHugeInt => rows.Column<UInt128>(column)[row].ToString(c),
            TypeId.Float => rows.Column<float>(column)[row].ToString("R", c),
            TypeId.Double => rows.Column<double>(column)[row].ToString("R", c),
            TypeId.Decimal => Decimal(column, row),
            TypeId.Varchar => rows.Text(column, row),
            TypeId.Blob => "\\x" + Convert.ToHexStringLower(rows.Bytes(column, row)),
            TypeId.Date => DateOnly.FromDayNumber(719162 + rows.Column<int>(column)[row]).ToString("yyyy-MM-dd", c),
            TypeId.Time => TimeSpan.FromMicroseconds(rows.Column<long>(column)[row]).ToString(@"hh\:mm\:ss\.ffffff", c),
            TypeId.Timestamp => Time(rows.Column<long>(column)[row], ""),
            TypeId.TimestampTz => Time(rows.Column<long>(column)[row], "Z"),
            TypeId.TimestampMs => Time(checked(rows.Column<long>(column)[row] * 1000), ""),
            TypeId.TimestampS => Time(checked(rows.Column<long>(column)[row] * 1_000_000), ""),
            TypeId.Uuid or TypeId.Interval or _ => throw new JobException($"column {rows.Names[column]} is of type {rows.Types[column]}; cast it, as in CAST({rows.Names[column]} AS VARCHAR)"),
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

    private string Decimal(int column, int row)
    {
        var (scale, holder) = rows.Decimal(column);
        Int128 digits;
        unsafe
        {
            var at = rows.Raw(column);
            digits = holder switch
            {
                TypeId.SmallInt => ((short*)at)[row],
                TypeId.Integer => ((int*)at)[row],
                TypeId.BigInt => ((long*)at)[row],
                _ => ((Int128*)at)[row],
            };
        }

        var text = Int128.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(digits < 0 ? "-" : "")}{(scale == 0 ? text : $"{text[..^scale]}.{text[^scale..]}")}";
    }
}
