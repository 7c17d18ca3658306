using System.Text;

namespace Bf.Jobs.Spark.Connect.Arrow;

/// <summary>Rows of an answer, column by column. Spans point into the answer's bytes; nothing is copied.</summary>
internal sealed class ArrowBatch(int rows, ArrowColumn[] columns)
{
    /// <summary>How many rows there are.</summary>
    public int Rows { get; } = rows;

    /// <summary>The columns, in the order of the SELECT.</summary>
    public IReadOnlyList<ArrowColumn> Columns => columns;

    /// <summary>The number of a column.</summary>
    /// <exception cref="JobException">There is none of that name.</exception>
    public int Column(string name) => Array.FindIndex(columns, c => c.Field.Name == name) is >= 0 and var at ? at
        : throw new JobException($"Spark's answer has no column {name}, but {string.Join(", ", columns.Select(c => c.Field.Name))}");

    /// <summary>Whether a value is NULL.</summary>
    public bool IsNull(int column, int row) => columns[column].IsNull(row);

    /// <summary>A column of BIGINT, TIMESTAMP or TIMESTAMP_NTZ (microseconds since 1970). What stands where a value is NULL means nothing; so below.</summary>
    public ReadOnlySpan<long> Longs(int column) => columns[column].Values<long>(ArrowKind.BigInt, ArrowKind.Timestamp, ArrowKind.TimestampNtz);

    /// <summary>A column of INT or DATE (days since 1970).</summary>
    public ReadOnlySpan<int> Ints(int column) => columns[column].Values<int>(ArrowKind.Int, ArrowKind.Date);

    /// <summary>A column of SMALLINT.</summary>
    public ReadOnlySpan<short> Shorts(int column) => columns[column].Values<short>(ArrowKind.SmallInt);

    /// <summary>A column of TINYINT.</summary>
    public ReadOnlySpan<sbyte> SBytes(int column) => columns[column].Values<sbyte>(ArrowKind.TinyInt);

    /// <summary>A column of DOUBLE.</summary>
    public ReadOnlySpan<double> Doubles(int column) => columns[column].Values<double>(ArrowKind.Double);

    /// <summary>A column of FLOAT.</summary>
    public ReadOnlySpan<float> Floats(int column) => columns[column].Values<float>(ArrowKind.Float);

    /// <summary>A BOOLEAN.</summary>
    public bool Boolean(int column, int row) => columns[column].Boolean(row);

    /// <summary>A STRING in UTF-8, or a BINARY.</summary>
    public ReadOnlySpan<byte> Bytes(int column, int row) => columns[column].Bytes(row);

    /// <summary>A STRING.</summary>
    public string Text(int column, int row) => Encoding.UTF8.GetString(Bytes(column, row));
}
