namespace Bf.Jobs.Tests.Spark.Connect;

/// <summary>Statements that several tests use.</summary>
internal static class SparkSql
{
    /// <summary>Three rows of every type that bf reads: values, NULL, values at the ends of their ranges. Data/spark-all-types.arrow is what Spark 4.0.1 answers.</summary>
    public const string AllTypes = """
        SELECT * FROM VALUES
            (1, true, 7Y, 300S, -5, 9000000000L, CAST(1.5 AS FLOAT), 0.1D, 'Zürich', X'00FF', DATE'2024-02-29', TIMESTAMP'2024-02-29 12:34:56.789012', TIMESTAMP_NTZ'1969-12-31 23:59:59.999999', NULL),
            (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
            (3, false, -128Y, 32767S, -2147483648, 9223372036854775807L, CAST('NaN' AS FLOAT), CAST('-Infinity' AS DOUBLE), '', X'', DATE'1969-12-31', TIMESTAMP'1970-01-01 00:00:00', TIMESTAMP_NTZ'2000-01-01 00:00:00', NULL)
            AS t(n, truth, tiny, small, whole, big, single, number, text, bytes, day, moment, local, nothing)
        ORDER BY n
        """;
}
