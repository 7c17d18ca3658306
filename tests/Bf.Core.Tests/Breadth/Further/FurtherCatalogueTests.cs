using Bf.Core.Breadth;
using Bf.Core.Breadth.Further;
using Bf.Core.Market;

namespace Bf.Core.Tests.Breadth.Further;

public sealed class FurtherCatalogueTests
{
    public static TheoryData<string> StandardNames => [.. FurtherIndicators.Standard.Select(i => i.Name)];

    [Fact]
    public void Every_family_is_in_the_catalogue_once()
    {
        var written = typeof(FurtherFamily).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(FurtherFamily)) && !t.IsAbstract);
        Assert.Equal(written.OrderBy(t => t.Name), FurtherIndicators.Families.Select(f => f.GetType()).OrderBy(t => t.Name));
    }

    [Fact]
    public void Every_family_says_what_it_is() =>
        Assert.All(FurtherIndicators.Families, f =>
        {
            Assert.All((string[])[f.Name, f.Title, f.Measures, f.Formula, f.Source], text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.All(f.Parameters, p => Assert.InRange(p.Default, p.Least, p.Most));
            Assert.NotEmpty(f.Standard);
            Assert.True(f.Reads.HasFlag(BarColumns.AdjClose));
        });

    [Fact]
    public void No_column_has_the_name_of_one_of_every_run() =>
        Assert.Empty(FurtherSet.Resolve("all").Columns.Select(c => c.Name).Intersect(BreadthColumns.All.Select(c => c.Name)));

    [Theory, MemberData(nameof(StandardNames))]
    public void An_indicator_is_found_by_its_own_columns(string name)
    {
        var indicator = FurtherIndicators.Find(name)!;
        var own = indicator.Columns.Where(c => !c.Name.StartsWith("elig", StringComparison.Ordinal));
        Assert.All(own, c => Assert.Equal(name, FurtherIndicators.Find(c.Name.ToUpperInvariant())!.Name));
    }

    [Theory, MemberData(nameof(StandardNames))]
    public void An_indicator_brings_every_count_that_its_columns_need(string name)
    {
        var bars = FullBars.Of(new RandomMarket(4, 9, 300));
        var panel = Panel(bars, FurtherSet.Resolve(name));
        var columns = FurtherIndicators.Find(name)!.Columns;
        Assert.All(columns, c => Assert.True(c.Kind == ColumnKind.Real || c.Known(panel) is null, c.Name));
        Assert.Contains(Values(columns[^1], panel), value => value is not (0 or double.NaN));
    }

    [Theory, MemberData(nameof(StandardNames))]
    public void An_indicator_has_no_value_before_its_warm_up_is_over(string name)
    {
        var bars = FullBars.Of("A", [.. Enumerable.Range(0, 300).Select(i => 10.0 + (i % 2))]);
        var panel = Panel([bars], FurtherSet.Resolve(name));
        var indicator = FurtherIndicators.Find(name)!;
        Assert.All(indicator.Columns, c =>
        {
            Assert.Equal(indicator.WarmUp, c.WarmUp);
            Assert.All(Enumerable.Range(0, c.WarmUp), i => Assert.True(c.At(panel, i) is 0 or double.NaN));
            Assert.False(double.IsNaN(c.At(panel, c.WarmUp)));
        });
    }

    [Theory, MemberData(nameof(StandardNames))]
    public void What_was_not_asked_for_is_unknown(string name)
    {
        var panel = Panel(FullBars.Of(new RandomMarket(4, 3, 260)), FurtherSet.None);
        Assert.All(
            FurtherSet.Resolve(name).Columns,
            c => Assert.All(Enumerable.Range(0, panel.Count), i => Assert.True(double.IsNaN(c.At(panel, i)), c.Name)));
    }

    [Theory, MemberData(nameof(StandardNames))]
    public void Columns_at_a_date_use_nothing_after_it(string name)
    {
        var bars = FullBars.Of(new RandomMarket(8, 5, 420));
        var set = FurtherSet.Resolve(name);
        var whole = Panel(bars, set);
        foreach (var cut in new[] { 1, 64, 201, 333, whole.Count - 1 })
        {
            var past = Panel(bars.Select(b => b.Before(whole.Ts[cut])).Where(b => b.Ts.Length > 0), set);
            Assert.All(set.Columns, c => Assert.Equal(Values(c, whole).Take(cut), Values(c, past)));
        }
    }

    private static IEnumerable<double> Values(BreadthColumn column, BreadthPanel panel) => Enumerable.Range(0, panel.Count).Select(i => column.At(panel, i));

    private static BreadthPanel Panel(IEnumerable<FullBars> bars, FurtherSet set)
    {
        FullBars[] all = [.. bars];
        var tally = Kernels.Tally(all.Select(b => new SymbolBars(b.Symbol, b.Ts, b.AdjClose, new long[b.Ts.Length])));
        var further = set.Counts.Count == 0 ? null : FullBars.Kernel(all, [Universe.All], set).Counts(0, tally.Ts);
        return new(new(tally.Ts, [.. Enum.GetValues<TallyColumn>().Select(c => tally[c])], further: further));
    }
}
