using Bf.Core.Market;
using Bf.Jobs.Generate;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Maintenance;

namespace Bf.Jobs.Tests.Maintenance;

public sealed class RestoreTests
{
    private static readonly List<Bar> Bars = Market.Random(4, 50);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_table_has_the_content_of_a_version_again_and_results_follow(int version)
    {
        using var lake = new TestLake();
        var contents = new List<List<string>>();
        foreach (var part in (IEnumerable<Bar>[])[Bars.Take(80), Bars.Skip(80).Take(60), Bars.Take(10).Select(b => b with { Volume = 1 }), Bars.Skip(140)])
        {
            lake.Import(part);
            lake.Generate();
            contents.Add(lake.Bars());
        }

        TableRestore.ToVersion(lake.Lake, "bars_1d", version, false, "test");
        Assert.Equal(contents[version], lake.Bars());
        Assert.Equal(version == 3 ? 3 : 4, lake.Lake.Bars(Interval.Day).Load().Version);
        lake.Generate();

        using var fresh = new TestLake();
        fresh.ImportText($"{Market.Header}\n" + string.Join('\n', contents[version].Select(r => r.Split('|')).Select(r => $"{r[1][..10]},{r[0]},{string.Join(',', r[2..])}")));
        fresh.Generate();
        Assert.Equal(fresh.Bars(), lake.Bars());
        Assert.Equal(fresh.Results(withState: true), lake.Results(withState: true));

        TableRestore.ToVersion(lake.Lake, "bars_1d", 3, false, "test"); // and what was undone can be had again
        Assert.Equal(contents[3], lake.Bars());
    }

    [Fact]
    public void A_wrong_import_is_undone_in_bars_and_quarantine_with_what_came_after_it()
    {
        using var lake = new TestLake();
        lake.Import(Bars.Take(80));
        var before = (lake.Bars(), lake.Query("SELECT * FROM quarantine"));
        lake.Clock.Now += TimeSpan.FromMinutes(1);
        var wrong = lake.ImportText(Market.Csv(Bars.Take(8).Select(b => b with { Volume = 1 })) + "nonsense\n");
        lake.Clock.Now += TimeSpan.FromMinutes(1);
        var later = lake.Import(Bars.Skip(80).Take(4));
        var versions = lake.Versions();

        var look = TableRestore.BeforeRun(lake.Lake, wrong.Run, true, "test").Tables;
        Assert.Equal(versions, lake.Versions());
        Assert.Equal(["bars_1d", "quarantine"], look.Select(t => t.Table));
        Assert.Equal([(wrong.Run, "data import"), (later.Run, "data import")], look[0].Undone.Select(u => (u.Run, u.Command!)));
        Assert.Equal((84L, 80L, 0L), (look[0].RowsBefore!.Value, look[0].RowsAfter!.Value, look[0].To));
        Assert.Equal(-1, look[1].To);

        TableRestore.BeforeRun(lake.Lake, wrong.Run, false, "test");
        Assert.Equal(before.Item1, lake.Bars());
        Assert.Equal(before.Item2, lake.Query("SELECT * FROM quarantine"));
        var again = TableRestore.BeforeRun(lake.Lake, wrong.Run, false, "test").Tables;
        Assert.All(again, t => Assert.Equal(t.From, t.Version)); // nothing to do a second time

        Assert.Equal(8, lake.Import(lake.At("import-2.csv")).Changed); // and the import may be made again
    }

    [Fact]
    public void A_run_that_made_only_results_is_not_undone_and_one_that_is_not_known_is_said_to_be()
    {
        using var lake = new TestLake();
        lake.Import(Bars.Take(80));
        var generated = lake.Generate();

        Assert.Contains("--force-recalculate", Assert.Throws<JobException>(() => TableRestore.BeforeRun(lake.Lake, generated.Run, false, "test")).Message);
        Assert.Contains("bf table history bars_1d", Assert.Throws<JobException>(() => TableRestore.BeforeRun(lake.Lake, "20200101T000000", false, "test")).Message);
        Assert.Throws<DeltaException>(() => TableRestore.ToVersion(lake.Lake, "bars_1d", 7, false, "test"));
    }

    [Theory]
    [InlineData("breadth")]
    [InlineData("signals")]
    [InlineData("thrusts")]
    [InlineData("state")]
    public void A_table_of_results_that_is_put_back_is_brought_up_to_date_by_the_next_run(string table)
    {
        using var lake = new TestLake();
        lake.Import(Bars.Take(80));
        lake.Generate();
        lake.Import(Bars.Skip(80));
        lake.Generate();
        var whole = lake.Results(withState: true);

        TableRestore.ToVersion(lake.Lake, table, 0, false, "test");
        lake.Generate();
        lake.Import(Bars.Take(1).Select(b => b with { Ts = b.Ts + (400 * Timestamp.Day) }));
        lake.Generate();

        using var fresh = new TestLake();
        fresh.Import(Bars.Concat(Bars.Take(1).Select(b => b with { Ts = b.Ts + (400 * Timestamp.Day) })));
        fresh.Generate();
        Assert.Equal(fresh.Results(withState: true), lake.Results(withState: true));
        Assert.NotEqual(whole, lake.Results(withState: true));
    }

    [Fact]
    public void A_version_whose_file_is_gone_is_refused_with_the_files_name_and_nothing_changes()
    {
        using var lake = new TestLake();
        lake.Import(Bars.Take(8));
        var file = Directory.EnumerateFiles(lake.At("lake", "bars_1d"), "*.parquet").Single();
        lake.Import(Bars.Take(8).Select(b => b with { Volume = 1 }));
        File.Delete(file);
        var versions = lake.Versions();

        Assert.Contains(file, Assert.Throws<JobException>(() => TableRestore.ToVersion(lake.Lake, "bars_1d", 0, false, "test")).Message);
        Assert.Equal(versions, lake.Versions());
    }

    [Fact]
    public void Files_that_a_restore_brings_back_are_young_so_that_a_vacuum_at_work_leaves_them_alone()
    {
        using var lake = new TestLake();
        var bars = Market.Random(2, 10);
        lake.Import(bars);
        lake.Import(bars.Select(b => b with { Volume = 7 }));
        foreach (var file in Directory.EnumerateFiles(lake.At("lake", "bars_1d"), "*.parquet"))
        {
            File.SetLastWriteTimeUtc(file, lake.Clock.Now.UtcDateTime - TimeSpan.FromDays(30));
        }

        TableRestore.ToVersion(lake.Lake, "bars_1d", 0, dryRun: false, "test");
        var table = lake.Lake.Bars(Interval.Day);
        Assert.All(table.Load().Files, f => Assert.Equal(lake.Clock.Now.UtcDateTime, File.GetLastWriteTimeUtc(table.Locate(f))));
    }
}
