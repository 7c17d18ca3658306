using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Spark;

/// <summary>What to do when Spark can't see a table that bf sees: it reads by ways and keys of its own.</summary>
internal static class SparkSight
{
    // as Hadoop's file systems, Delta and Spark say it: the file or bucket is not there, or not for them
    private static readonly string[] Words =
        ["No such file or directory", "NoSuchBucket", "does not exist", "FileNotFound", "No FileSystem for scheme", "S3AFileSystem not found", "AccessDenied", "Forbidden", "InvalidAccessKeyId", "SignatureDoesNotMatch", "NoAuthWithAWS", "No AWS Credentials", "UnknownHost"];

    /// <summary>The advice; null when the error is another one.</summary>
    /// <param name="e">What Spark says.</param>
    /// <param name="place">The table, as bf names it.</param>
    public static string? Advice(SparkException e, string place) =>
        !IsBlind(e) ? null
        : DataPath.IsS3Uri(place) ? $"bf reads {place} and Spark does not: its spark.hadoop.fs.s3a.endpoint and keys must be those of the store that MINIO_ENDPOINT names (docs/spark.md). Or count here: --engine local"
        : $"bf reads {place} and Spark does not: the Connect server and all executors must see the lake under the same name. Bring it into a bucket (bf data push s3://BUCKET/LAKE, then --lake s3://BUCKET/LAKE), mount the folder on all machines, or count here: --engine local";

    private static bool IsBlind(SparkException e) =>
        e.ErrorClass?.StartsWith("FAILED_READ_FILE", StringComparison.Ordinal) is true || Words.Any(word => e.Message.Contains(word, StringComparison.OrdinalIgnoreCase));
}
