using Bf.Jobs.Spark;

namespace Bf.Jobs.Tests.Spark;

public sealed class SparkUrlTests
{
    [Theory]
    [InlineData("/data/a b/ü%20#1", "delta.`file:///data/a b/ü%20#1`")]
    [InlineData("/data/ba`ck", "delta.`file:///data/ba``ck`")]
    [InlineData("s3://bucket/a b/ü%20#1", "delta.`s3a://bucket/a b/ü%20#1`")]
    public void A_place_is_named_to_Spark_with_its_characters_as_they_stand(string place, string table) => Assert.Equal(table, SparkCluster.Table(place));
}
