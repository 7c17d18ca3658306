using Bf.Jobs.Streaming.Checkpoints;

namespace Bf.Jobs.Tests.Streaming;

public sealed class CheckpointTableTests
{
    [Fact]
    public void What_was_kept_is_there_for_who_takes_over_and_who_lost_a_partition_keeps_nothing()
    {
        using var lake = new TestLake();
        var (first, second) = (new CheckpointTable(lake.Lake, "stream", "run"), new CheckpointTable(lake.Lake, "stream", "run"));
        var mine = first.Claim([0, 1]);
        Assert.All(mine, k => Assert.Equal((1L, 0L, null), (k.Epoch, k.Next, k.Data)));
        first.Keep([mine[0] with { Next = 7, Data = [1, 2] }, mine[1] with { Next = 9, Data = [3] }]);

        var taken = Assert.Single(second.Claim([1]));

        Assert.Equal((2L, 9L), (taken.Epoch, taken.Next));
        Assert.Equal([3], taken.Data!);
        Assert.Equal(1, Assert.Throws<PartitionLostException>(() => first.Keep([mine[1] with { Next = 11, Data = [4] }])).Partition);
        second.Keep([taken with { Next = 10, Data = [5] }]);
        Assert.Equal(["0|7|1", "1|10|2"], lake.Query("SELECT partition, next_offset, epoch FROM checkpoints ORDER BY partition"));
    }

    [Fact]
    public void Sums_are_kept_by_the_owner_of_partition_0_only_and_forgotten_when_that_is_asked()
    {
        using var lake = new TestLake();
        var table = new CheckpointTable(lake.Lake, "stream", "run");
        table.Claim([0]);
        table.KeepSums(1, new(42, [9]));
        Assert.Equal(42, table.LoadSums().Firm);

        table.Claim([0]);
        Assert.Throws<PartitionLostException>(() => table.KeepSums(1, new(43, [8])));
        Assert.Equal([9], table.LoadSums().Data!);

        table.Forget();
        Assert.Equal((long.MinValue, null), (table.LoadSums().Firm, table.LoadSums().Data));
        Assert.Equal(0, table.Claim([0])[0].Next);
    }

    [Fact]
    public void Files_and_log_entries_that_nobody_goes_back_to_are_removed()
    {
        using var lake = new TestLake();
        var table = new CheckpointTable(lake.Lake, "stream", "run");
        var kept = table.Claim([0])[0];
        for (var i = 1; i <= 35; i++)
        {
            table.Keep([kept with { Next = i, Data = [(byte)i] }]);
        }

        Assert.InRange(Directory.GetFiles(lake.At("lake/checkpoints"), "*.parquet").Length, 1, 6);
        lake.Clock.Now = TimeProvider.System.GetUtcNow().AddDays(2);
        OldVersions.Remove(lake.Lake, "checkpoints");

        Assert.Equal(20, Directory.GetFiles(lake.At("lake/checkpoints/_delta_log"), "*.json").Where(f => !f.EndsWith("_last_checkpoint", StringComparison.Ordinal)).Min(f => int.Parse(Path.GetFileName(f).AsSpan(0, 20))));
        Assert.Equal((2L, 35L), (new CheckpointTable(lake.Lake, "stream", "run").Claim([0])[0] is var k ? k.Epoch : 0, k.Next));
    }
}
