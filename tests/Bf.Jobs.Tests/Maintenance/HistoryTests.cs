using Bf.Core.Market;
using Bf.Jobs.Inventory;
using Bf.Jobs.Maintenance;
using Bf.Jobs.Tests.Lake;

namespace Bf.Jobs.Tests.Maintenance;

public sealed class HistoryTests
{
    [Fact]
    public void Each_commit_names_its_run_command_and_source_and_counts_its_rows()
    {
        using var lake = new TestLake();
        var bars = Market.Random(3, 10);
        var first = lake.Import(bars);
        lake.Clock.Now += TimeSpan.FromHours(1);
        var second = lake.Import([bars[0] with { Volume = 7 }, bars[5] with { Symbol = "NEW" }]);
        var generated = lake.Generate();

        var history = TableHistory.Read(lake.Lake, "bars_1d");
        Assert.Equal([(1L, "MERGE", second.Run, "data import", "import", 1L, 1L, 0L), (0L, "WRITE", first.Run, "data import", "import", 30L, 0L, 0L)],
            history.Select(h => (h.Version, h.Operation, h.Run!, h.Command!, h.Source!, h.RowsAdded!.Value, h.RowsChanged!.Value, h.RowsRemoved!.Value)));
        Assert.Equal(lake.Clock.Now, history[0].When);
        Assert.All(["breadth", "signals", "state", "runs"], table => Assert.Equal(generated.Run, TableHistory.Read(lake.Lake, table)[0].Run));
        Assert.Equal(1, Assert.Single(TableHistory.Read(lake.Lake, "bars_1d", limit: 1)).Version);
    }

    [Fact]
    public void A_commit_of_another_program_is_shown_as_far_as_it_says_what_it_did()
    {
        using var t = new TestTable();
        t.Append("A", 1);
        File.WriteAllText(t.LogFile(1), """
            {"commitInfo":{"timestamp":1700000000000,"operation":"DELETE","operationParameters":{"predicate":["x"],"n":7},"operationMetrics":{"numRemovedFiles":1},"engineInfo":"Apache-Spark/4.0.1","isBlindAppend":false}}
            {"txn":{"appId":"a","version":1}}

            """);

        var version = TableHistory.Read(Bf.Jobs.Lake.DataLake.Open(t.Path, t.Clock), "t")[0];
        Assert.Equal((1L, "DELETE", null, "Apache-Spark/4.0.1", null), (version.Version, version.Operation, version.Run, version.Engine, version.RowsRemoved));
        Assert.Equal(["predicate=[\"x\"]", "n=7"], version.Details.Select(d => $"{d.Key}={d.Value}"));
    }

    [Fact]
    public void A_changed_past_of_a_symbol_is_told_from_new_dates()
    {
        using var lake = new TestLake();
        var bars = Market.Random(3, 40);
        lake.Import(bars.Take(90));
        var split = lake.Import(bars.Where(b => b.Symbol == "S01").Select(b => b with { Close = b.Close / 2, Low = b.Low / 2, AdjClose = b.AdjClose / 2 }));

        var history = BarHistory.Read(lake.Lake, Interval.Day, "S01");
        Assert.Equal([(10L, 30L, 0L), (30L, 0L, 0L)], history.Select(h => (h.Added!.Value, h.Changed!.Value, h.Removed!.Value)));
        Assert.Equal((split.Run, Market.Date(bars[0].Ts), Market.Date(bars[^1].Ts)), (history[0].Run, Market.Date(history[0].FirstTs!.Value), Market.Date(history[0].LastTs!.Value)));
        Assert.Equal([(30L, 0L)], BarHistory.Read(lake.Lake, Interval.Day, "S00").Select(h => (h.Added!.Value, h.Changed!.Value)));
        Assert.Equal([(10L, 30L, 0L, 1L, "test"), (90L, 0L, 0L, 3L, "test")], BarHistory.Read(lake.Lake, Interval.Day).Select(h => (h.Added!.Value, h.Changed!.Value, h.Removed!.Value, h.Symbols!.Value, h.Arguments!)));

        // what a restore did is told by rows, though whole files came and went
        TableRestore.BeforeRun(lake.Lake, split.Run, dryRun: false, "restore");
        Assert.Equal((0L, 30L, 10L, 1L), BarHistory.Read(lake.Lake, Interval.Day)[0] is var r ? (r.Added!.Value, r.Changed!.Value, r.Removed!.Value, r.Symbols!.Value) : default);
        Assert.Empty(BarHistory.Read(lake.Lake, Interval.Day, "NONE"));
    }

    [Fact]
    public void A_table_that_is_not_there_is_answered_with_those_that_are()
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(1, 3));

        Assert.Contains("there are bars_1d, runs", Assert.Throws<JobException>(() => TableHistory.Read(lake.Lake, "bars")).Message);
    }
}
