using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Maintenance;

namespace Bf.Jobs.Tests.Maintenance;

public sealed class VacuumTests
{
    /// <summary>A lake whose bars were changed twice, an hour apart and two days ago; its files are older still.</summary>
    private static TestLake Changed()
    {
        var lake = new TestLake();
        var bars = Market.Random(2, 10);
        for (var i = 0; i < 3; i++)
        {
            lake.Import(bars.Select(b => b with { Volume = i }));
            lake.Clock.Now += TimeSpan.FromHours(1);
        }

        lake.Clock.Now += TimeSpan.FromDays(2);
        foreach (var file in Directory.EnumerateFiles(lake.At("lake"), "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, lake.Clock.Now.UtcDateTime - TimeSpan.FromDays(30));
        }

        return lake;
    }

    private static int Files(TestLake lake) => Directory.EnumerateFiles(lake.At("lake", "bars_1d"), "*.parquet").Count();

    [Fact]
    public void Files_of_versions_within_the_retention_stay()
    {
        using var lake = Changed();
        var result = TableVacuum.Run(lake.Lake, [], 168, false, "test").Tables;

        Assert.All(result, t => Assert.Empty(t.Files));
        Assert.Equal("0", lake.Value($"SELECT sum(volume) FROM delta('bars_1d', version => 0)"));
    }

    [Fact]
    public void Files_that_only_older_versions_need_go_and_the_newest_stays_whole()
    {
        using var lake = Changed();
        var before = lake.Bars();
        Assert.Equal(3, Files(lake));

        var dry = Assert.Single(TableVacuum.Run(lake.Lake, ["bars_1d"], 49.5, true, "test").Tables);
        Assert.Equal(3, Files(lake));
        var done = Assert.Single(TableVacuum.Run(lake.Lake, ["bars_1d"], 49.5, false, "test").Tables);

        Assert.Equal(dry.Files, done.Files);
        // version 0 ended 50 hours ago, version 1 49 hours
        Assert.Equal((2, 1), (Files(lake), done.Files.Count));
        Assert.Equal(before, lake.Bars());
        Assert.True(Assert.Single(TableCheck.Run(lake.Lake, ["bars_1d"])).Sound);
        Assert.Contains("version 0: its file", Assert.Throws<JobException>(() => TableRestore.ToVersion(lake.Lake, "bars_1d", 0, false, "test")).Message);
        Assert.Equal("20", lake.Value($"SELECT sum(volume) FROM delta('bars_1d', version => 1)"));
    }

    [Fact]
    public void What_nobody_committed_goes_only_when_it_is_old_and_what_is_not_ours_stays()
    {
        using var lake = Changed();
        var data = File.ReadAllBytes(Directory.EnumerateFiles(lake.At("lake", "bars_1d"), "*.parquet").First());
        string[] old = ["bars_1d/orphan.parquet", "bars_1d/part-1.parquet.writing", "bars_1d/_delta_log/.1.json.0.writing"];
        string[] young = ["bars_1d/young.parquet", "bars_1d/part-2.parquet.writing"];
        string[] foreign = ["bars_1d/notes.txt", "bars_1d/_hidden.parquet", "bars_1d/.x.parquet", "bars_1d/_delta_log/00000000000000000009.crc"];
        foreach (var name in (string[])[.. old, .. young, .. foreign])
        {
            File.WriteAllBytes(lake.At("lake", name), data);
            File.SetLastWriteTimeUtc(lake.At("lake", name), lake.Clock.Now.UtcDateTime - TimeSpan.FromDays(young.Contains(name) ? 1 : 30));
        }

        var check = Assert.Single(TableCheck.Run(lake.Lake, ["bars_1d"]));
        Assert.True(check.Sound);
        Assert.Equal(5, check.Findings.Count); // leftovers and orphans, harmless

        var result = Assert.Single(TableVacuum.Run(lake.Lake, ["bars_1d"], 168, false, "test").Tables);
        Assert.Equal(old.Order(), result.Files.Order());
        Assert.All(old, name => Assert.False(File.Exists(lake.At("lake", name))));
        Assert.All(young.Concat(foreign), name => Assert.True(File.Exists(lake.At("lake", name))));
    }

    [Fact]
    public void With_a_damaged_log_nothing_goes()
    {
        using var lake = Changed();
        File.WriteAllText(lake.At("lake", "bars_1d", "_delta_log", "00000000000000000002.json"), "{");

        Assert.Throws<DeltaException>(() => TableVacuum.Run(lake.Lake, ["bars_1d"], 0, false, "test"));
        Assert.Equal(3, Files(lake));
    }

    [Fact]
    public void What_lies_behind_a_link_and_a_table_within_the_table_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links take rights of their own there");
        using var lake = Changed();
        Directory.CreateDirectory(lake.At("elsewhere"));
        TestLake.Copy(lake.At("lake", "bars_1d"), lake.At("lake", "bars_1d", "copy"));
        File.Copy(Directory.EnumerateFiles(lake.At("lake", "bars_1d"), "*.parquet").First(), lake.At("elsewhere", "theirs.parquet"));
        Directory.CreateSymbolicLink(lake.At("lake", "bars_1d", "out"), lake.At("elsewhere"));
        Directory.CreateSymbolicLink(lake.At("lake", "bars_1d", "back"), lake.At("lake", "bars_1d"));
        lake.Clock.Now += TimeSpan.FromDays(365); // all files are old now, by any name

        var before = lake.Bars();
        TableVacuum.Run(lake.Lake, ["bars_1d"], 168, false, "test");
        Assert.Equal(before, lake.Bars());
        Assert.True(File.Exists(lake.At("elsewhere", "theirs.parquet")));
        Assert.Equal(3, Directory.EnumerateFiles(lake.At("lake", "bars_1d", "copy"), "*.parquet").Count());
        Assert.Empty(Assert.Single(TableCheck.Run(lake.Lake, ["bars_1d"])).Findings);
    }
}
