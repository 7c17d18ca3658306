using System.Globalization;
using Bf.Core.Market;
using Bf.Jobs.Universes;

namespace Bf.Jobs.Tests.Universes;

/// <summary>The figures of docs/universes.md, from the bundled sample.</summary>
public sealed class SurvivorshipExampleTests
{
    [Fact]
    public void The_Dow_by_date_does_worse_than_todays_members_as_the_page_says()
    {
        using var lake = new TestLake();
        lake.Import(Repository.Sample);
        var dow = SymbolLists.Find(Path.Combine(Repository.Root, "symbol-lists", "dow30.csv"))!.Universe;
        var day = Market.Day(2026, 6, 29);
        lake.Generate(dow);
        lake.Generate(Universe.Of("today", dow.Symbols.Where(s => dow.StaysOf(s).ToArray().Any(m => m.From <= day && day < m.To))));

        var (then, today) = (Figures(lake, "dow30"), Figures(lake, "today"));
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "universes.md"));
        Assert.All(then.Zip(today), f => Assert.True(f.First.Value < f.Second.Value, $"{f.First} {f.Second}"));
        Assert.All(then.Zip(today), f => Assert.Contains($"| {f.First.Text} | {f.Second.Text} |", page, StringComparison.Ordinal));
    }

    /// <summary>The index at the end, mean returns over 20 and 250 dates, mean share above the 200-day average.</summary>
    private static (string Text, double Value)[] Figures(TestLake lake, string universe)
    {
        var rows = lake.Query($"SELECT index_ew, pct_above200 FROM breadth WHERE universe = '{universe}' ORDER BY ts").Select(r => r.Split('|', ',', '\t')).ToList();
        var index = rows.Select(r => double.Parse(r[0], CultureInfo.InvariantCulture)).ToArray();
        var above = rows.Where(r => r[1] != "?").Average(r => double.Parse(r[1], CultureInfo.InvariantCulture));
        return [Show(index[^1], "0.0"), Show(Mean(20), "0.00", " %"), Show(Mean(250), "0.0", " %"), Show(above, "0.0", " %")];

        double Mean(int dates) => 100 * Enumerable.Range(0, index.Length - dates).Average(t => (index[t + dates] / index[t]) - 1);

        static (string, double) Show(double x, string format, string unit = "") => (x.ToString(format, CultureInfo.InvariantCulture) + unit, x);
    }
}
