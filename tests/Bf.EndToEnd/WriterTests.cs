using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>Many processes that write one lake at once.</summary>
public sealed class WriterTests
{
    [Fact]
    public void Eight_imports_at_once_leave_every_row_once()
    {
        const int Writers = 8;
        using var bf = new BfProgram();
        var bars = Market.Random(10, 120);
        // each shares half of its rows with the next: two bring every row
        var parts = Enumerable.Range(0, Writers).Select(i => bars.Where((_, n) => n * Writers / bars.Count == i || n * Writers / bars.Count == (i + 1) % Writers).ToList()).ToList();
        foreach (var (i, part) in parts.Index())
        {
            bf.Write($"{i}.csv", Market.Csv(part) + $"2023-01-02,BAD{i}\n");
        }

        var processes = parts.Index().Select(p => bf.Start(["data", "import", $"{p.Index}.csv"])).ToList();
        foreach (var process in processes)
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, error);
            process.Dispose();
        }

        using var alone = new BfProgram();
        alone.Write("all.csv", Market.Csv(bars));
        alone.Run("data", "import", "all.csv").Done();
        Assert.Equal(LakeState.Of(alone, "bars_1d"), LakeState.Of(bf, "bars_1d"));
        Assert.Equal("8,8\n", bf.Run("query", "SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM quarantine)", "--format", "csv").Done().Out.Split('\n', 2)[1]);
        Assert.Equal("", LakeState.Wrong(bf));
        Assert.Empty(LakeState.LyingAbout(bf)); // what lost a race was written in vain, and is gone
    }

    [Fact]
    public void Imports_by_several_processes_at_once_all_arrive()
    {
        using var bf = new BfProgram();
        var all = Market.Random(4, 20).GroupBy(b => b.Symbol).ToList();
        foreach (var symbol in all)
        {
            bf.Write($"{symbol.Key}.csv", Market.Csv(symbol));
        }

        Parallel.ForEach(all, symbol => bf.Run("data", "import", $"{symbol.Key}.csv").Done());
        Assert.Equal("n,s,r\n80,4,4\n", bf.Run("query", "SELECT count(*) AS n, count(DISTINCT symbol) AS s, (SELECT count(*) FROM runs) AS r FROM bars_1d", "--format", "csv").Done().Out);
    }
}
