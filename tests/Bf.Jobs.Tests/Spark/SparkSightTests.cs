using Bf.Jobs.Spark;
using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Tests.Spark;

public sealed class SparkSightTests
{
    [Theory]
    [InlineData(null, "Spark: No such file or directory: file:/data/lake/bars_1d/_delta_log")]
    [InlineData("FAILED_READ_FILE.FILE_NOT_EXIST", "Spark: Encountered error while reading file")]
    public void A_folder_that_the_cluster_does_not_see_is_to_be_shared_or_pushed_into_a_bucket(string? errorClass, string message)
    {
        var advice = SparkSight.Advice(new SparkException(errorClass, null, message), "/data/lake/bars_1d");

        Assert.Contains("bf data push s3://", advice);
        Assert.Contains("--engine local", advice);
    }

    [Theory]
    [InlineData("Spark: getFileStatus on s3a://other/lake/bars_1d/_delta_log: NoSuchBucketException: The specified bucket does not exist")]
    [InlineData("Spark: s3a://other/lake/bars_1d/_delta_log: AccessDeniedException: Forbidden (Service: S3, Status Code: 403)")]
    [InlineData("Spark: Class org.apache.hadoop.fs.s3a.S3AFileSystem not found")]
    public void A_bucket_that_the_cluster_does_not_see_is_a_matter_of_its_own_settings(string message) =>
        Assert.Contains("spark.hadoop.fs.s3a.endpoint", SparkSight.Advice(new SparkException(null, null, message), "s3://other/lake/bars_1d"));

    [Fact]
    public void Other_errors_get_no_such_advice() =>
        Assert.Null(SparkSight.Advice(new SparkException("ARITHMETIC_OVERFLOW", "22003", "Spark: [ARITHMETIC_OVERFLOW] long overflow"), "/data/lake/bars_1d"));
}
