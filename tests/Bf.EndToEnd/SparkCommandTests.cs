namespace Bf.EndToEnd;

/// <summary><c>bf spark</c> where there is no cluster.</summary>
public sealed class SparkCommandTests
{
    [Fact]
    public void A_cluster_that_is_not_there_is_exit_3_with_what_to_do_and_no_token()
    {
        var address = ("SPARK_REMOTE", "sc://127.0.0.1:1/;token=hunter2");
        using var bf = new BfProgram();

        var result = bf.Run(["spark", "sql", "SELECT 1"], null, address);

        Assert.Equal((3, ""), (result.Code, result.Out));
        Assert.StartsWith("error: no Spark Connect server answers at sc://127.0.0.1:1", result.Error);
        Assert.Contains("set SPARK_REMOTE to its address", result.Error);
        Assert.DoesNotContain("hunter2", result.Error + bf.Run(["config", "show"], null, address).Done().Out);
    }
}
