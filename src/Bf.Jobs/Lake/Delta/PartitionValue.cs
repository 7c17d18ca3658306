using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Lake.Delta;

/// <summary>Values of partition columns, which stand in the log as text (Delta protocol, "Partition Value Serialization").</summary>
internal static class PartitionValue
{
    /// <summary>A value in SQL. An empty text is NULL; a timestamp without zone is taken as UTC, as Spark in UTC writes it.</summary>
    public static string Sql(string? text, DeltaType type) => (text, type.SqlType) switch
    {
        (null or "", var sql) => $"NULL::{sql}",
        (_, "BLOB") => $"encode({DuckConnection.Quote(text)})",
        (_, var sql) => $"{DuckConnection.Quote(text)}::{sql}",
    };
}
