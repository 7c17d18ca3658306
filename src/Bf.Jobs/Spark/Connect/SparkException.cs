namespace Bf.Jobs.Spark.Connect;

/// <summary>What Spark itself says went wrong: its own message, whole, without the JVM's stack.</summary>
internal sealed class SparkException(string? errorClass, string? sqlState, string message) : JobException(message)
{
    /// <summary>Spark's error class, such as TABLE_OR_VIEW_NOT_FOUND; the name of a Java class where Spark gives no other.</summary>
    public string? ErrorClass { get; } = errorClass;

    /// <summary>The SQLSTATE, such as 42P01.</summary>
    public string? SqlState { get; } = sqlState;
}
