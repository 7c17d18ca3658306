using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary><c>bf spark submit|jobs|cancel</c> and grids on a cluster, by the program; on the real Spark where this machine has it.</summary>
public sealed class SparkJobsTests(SmallLake lake) : IClassFixture<SmallLake>
{
    private static readonly string[] Grid = ["backtest", "grid", "--symbols", "S00", "--fast", "2..20", "--slow", "15..60", "--walk-forward", "rolling", "--train", "100", "--test", "50", "--json"];

    [Fact]
    public void A_grid_on_Spark_is_the_grid_of_this_process_with_statistics_and_walk_forward()
    {
        var there = Spark([.. Grid, "--engine", "spark"]).Done().Json;
        var here = lake.Bf.Run(Grid).Done().Json;

        Assert.Equal(("spark", "local"), (there.GetProperty("engine").GetString(), here.GetProperty("engine").GetString()));
        Assert.True(there.GetProperty("walk_forward").GetProperty("windows").GetArrayLength() > 3);
        Assert.All((string[])["results", "best", "statistics", "walk_forward", "held_return", "trials", "left_out"], part => Assert.Equal(here.GetProperty(part).GetRawText(), there.GetProperty(part).GetRawText()));
    }

    [Fact]
    public void What_is_submitted_tells_how_far_it_is_in_lines_on_stderr_and_is_gone_from_the_list_after_it()
    {
        var result = Spark(["spark", "submit", .. Grid]).Done();

        Assert.Equal("spark", result.Json.GetProperty("engine").GetString());
        Assert.Contains("Spark: ", result.Error);
        Assert.DoesNotContain("\r", result.Error);

        // other tests run on the same cluster: what they do is on the list too, and is not theirs to end who asks here
        var run = result.Json.GetProperty("run").GetString()!;
        Assert.DoesNotContain(Spark("spark", "jobs", "--json").Done().Json.GetProperty("jobs").EnumerateArray(), job => job.GetProperty("run").GetString() == run);
        Assert.Contains("bf spark jobs", Spark("spark", "cancel", run).Error);
    }

    [Theory]
    [InlineData("spark submit", "signals generate")]
    [InlineData("spark submit data list", "signals generate")]
    [InlineData("spark submit signals generate --wrong", "--wrong")]
    [InlineData("spark cancel", "cancel")]
    [InlineData("backtest grid --strategy score --engine spark", "sma-cross")]
    [InlineData("backtest grid --strategy thrust --engine spark", "leave --engine spark out")]
    public void What_can_not_run_on_Spark_is_said_before_Spark_is_asked(string line, string says)
    {
        var result = lake.Bf.Run(line.Split(' '), null, ("SPARK_REMOTE", "sc://127.0.0.1:1"));

        Assert.Equal((2, ""), (result.Code, result.Out));
        Assert.Contains(says, result.Error);
    }

    [Theory]
    [InlineData("spark jobs")]
    [InlineData("spark cancel all")]
    [InlineData("spark submit signals generate")]
    [InlineData("backtest grid --symbols S00 --engine spark")]
    public void Without_Spark_they_end_at_once_with_3(string line)
    {
        var result = lake.Bf.Run(line.Split(' '), null, ("SPARK_REMOTE", "sc://127.0.0.1:1"));

        Assert.Equal((3, ""), (result.Code, result.Out));
        Assert.Contains("SPARK_REMOTE", result.Error);
    }

    [Fact]
    public void A_grid_that_Spark_can_not_do_is_done_here_where_Spark_is_only_a_setting() =>
        Assert.Equal("local", lake.Bf.Run(["backtest", "grid", "--strategy", "score", "--json"], null, ("BF_ENGINE", "spark"), ("SPARK_REMOTE", "sc://127.0.0.1:1")).Done().Json.GetProperty("engine").GetString());

    private BfResult Spark(params string[] line) => lake.Bf.Run(line, null, [.. Stack.Shared("spark").Environments, ("BF_WORKER", WorkerFile.Path)]);
}
