using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>A stream without any service: the lake's bars through the program's own bus.</summary>
public sealed class StreamReplayTests
{
    private static readonly string[] Tables = ["breadth", "signals", "thrusts"];

    [Fact]
    public void It_gives_the_tables_that_generate_gives_and_of_some_dates_only_those_rows()
    {
        using var bf = new BfProgram();
        bf.Run(["data", "import", "/dev/stdin"], Market.Csv(Market.Random(12, 300))).Done();
        bf.Run("signals", "generate").Done();
        var batch = Tables.ToDictionary(t => t, t => LakeState.Of(bf, t), StringComparer.Ordinal);

        var result = bf.Run("stream", "run", "--replay", "--sink", "lake", "--json").Done().Json;
        Assert.Equal((3600, 300), (result.GetProperty("bars").GetInt32(), result.GetProperty("rows").GetInt32()));
        Assert.All(Tables, t => Assert.Equal(batch[t], LakeState.Of(bf, t)));

        var part = bf.Run("stream", "run", "--replay", "--sink", "lake,console", "--start-date", "2023-06-01", "--end-date", "2023-06-30").Done();
        Assert.All(Tables, t => Assert.Equal(batch[t], LakeState.Of(bf, t)));
        Assert.Equal("22\n", bf.Run("query", "SELECT count(*) FROM breadth WHERE run = (SELECT max(run) FROM runs WHERE command = 'stream run')", "--format", "csv").Done().Out.Split('\n', 2)[1]);
        Assert.Equal(22, part.Lines.Count(l => l.StartsWith("  2023-06-", StringComparison.Ordinal)));

        bf.Run("signals", "generate").Done(); // what the stream wrote is not taken for a batch's
        Assert.All(Tables, t => Assert.Equal(batch[t], LakeState.Of(bf, t)));
    }
}
