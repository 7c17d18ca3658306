using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>The commands of tables as a person uses them: what they say, what they exit with.</summary>
public sealed class TableTests
{
    [Fact]
    public void A_wrong_import_is_found_in_the_history_and_undone()
    {
        using var bf = new BfProgram();
        var bars = Market.Random(3, 30);
        bf.Write("good.csv", Market.Csv(bars));
        bf.Write("wrong.csv", Market.Csv(bars.Take(30).Select(b => b with { Volume = 1 })) + "2023-01-02,BAD\n");
        bf.Run("data", "import", "good.csv").Done();
        bf.Run("signals", "generate").Done();
        var before = LakeState.Of(bf);
        var run = bf.Run("data", "import", "wrong.csv", "--json").Done().Json.GetProperty("run").GetString()!;
        bf.Run("signals", "generate").Done();

        var newest = bf.Run("data", "list", "--history", "--symbol", "s01", "--json").Done().Json.GetProperty("history").EnumerateArray().First();
        Assert.Equal((run, 10, 0), (newest.GetProperty("run").GetString(), newest.GetProperty("changed").GetInt32(), newest.GetProperty("added").GetInt32()));
        Assert.Contains($"undoes run {run} (data import", bf.Run("table", "restore", "--before-run", run, "--dry-run").Done().Out);
        Assert.Contains("next: bf signals generate", bf.Run("table", "restore", "--before-run", run).Done().Out);
        bf.Run("signals", "generate").Done();

        Assert.Equal(before, LakeState.Of(bf));
        Assert.Contains("nothing was changed", bf.Run("table", "restore", "--before-run", run).Done().Out);
    }

    [Fact]
    public void A_symbol_is_deleted_only_when_that_was_said()
    {
        using var bf = new BfProgram();
        bf.Write("a.csv", Market.Csv(Market.Random(2, 20)));
        bf.Run("data", "import", "a.csv").Done();
        var before = bf.Everything();

        var asked = bf.Run("data", "delete", "S01");
        Assert.Equal((2, ""), (asked.Code, asked.Out));
        Assert.Contains("this would delete 20 bars of S01, 2022-12-01 to 2022-12-28; say so with --yes", asked.Error);
        Assert.Equal(before, bf.Everything());

        Assert.Equal(20, bf.Run("data", "delete", "S01", "--yes", "--json").Done().Json.GetProperty("rows").GetInt32());
        Assert.Equal("S00", bf.Run("data", "list", "--json").Done().Json.GetProperty("symbols")[0].GetProperty("symbol").GetString());
    }

    [Fact]
    public void What_is_broken_is_listed_with_what_to_do_and_repaired_when_asked()
    {
        using var bf = new BfProgram();
        bf.Write("a.csv", Market.Csv(Market.Random(2, 20)));
        bf.Run("data", "import", "a.csv").Done();
        bf.Run("signals", "generate").Done();
        var before = LakeState.Of(bf);
        File.Delete(Directory.EnumerateFiles(bf.At("lake", "breadth"), "*.parquet").Single());

        var found = bf.Run("table", "check");
        Assert.Equal(1, found.Code);
        Assert.Contains(".parquet is missing", found.Out);
        Assert.Contains("bf table check breadth --repair", found.Out);
        Assert.Contains("repaired breadth", bf.Run("table", "check", "--repair").Done().Out);
        bf.Run("signals", "generate").Done();
        Assert.Equal(before, LakeState.Of(bf));
        Assert.True(bf.Run("table", "check", "--json").Done().Json.GetProperty("sound").GetBoolean());
    }
}
