using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>A lake with 8 symbols on 400 dates, imported, generated and backtested. Its tests only read.</summary>
public sealed class SmallLake : IDisposable
{
    public SmallLake()
    {
        Bf.Write("prices.csv", Market.Csv(Market.Random(8, 400)) + "2023-01-02,S00,1,2\n");
        Import = Bf.Run("data", "import", "prices.csv", "--json").Done();
        Generate = Bf.Run("signals", "generate", "--json").Done();
        Backtest = Bf.Run("backtest", "run", "--signal", "upvol90", "--hold-days", "10", "--save-results", "--json").Done();
    }

    internal BfProgram Bf { get; } = new();

    internal BfResult Import { get; }

    internal BfResult Generate { get; }

    internal BfResult Backtest { get; }

    public void Dispose() => Bf.Dispose();
}
