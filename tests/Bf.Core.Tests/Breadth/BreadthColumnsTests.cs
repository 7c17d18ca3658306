using Bf.Core.Breadth;

namespace Bf.Core.Tests.Breadth;

public sealed class BreadthColumnsTests
{
    [Fact]
    public void Every_column_says_what_it_is() =>
        Assert.All(BreadthColumns.All, c => Assert.All(
            (string[])[c.Name, c.Unit, c.Measures, c.Formula, c.Source],
            text => Assert.False(string.IsNullOrWhiteSpace(text))));

    [Fact]
    public void Names_are_unique_and_found_in_any_case()
    {
        Assert.Equal(BreadthColumns.All.Count, BreadthColumns.All.Select(c => c.Name).Distinct().Count());
        Assert.All(BreadthColumns.All, c => Assert.Same(c, BreadthColumns.Find(c.Name.ToUpperInvariant())));
        Assert.Null(BreadthColumns.Find("no_such_column"));
    }

    [Fact]
    public void Every_count_of_the_tally_is_a_column()
    {
        var panel = Panels.Reference;
        Assert.All(Enum.GetValues<TallyColumn>(), counted =>
            Assert.Same(panel.Tally[counted], Assert.Single(BreadthColumns.All, c => c.Counted == counted).Integers(panel)));
    }

    [Fact]
    public void No_real_column_has_a_value_before_its_warm_up_ends()
    {
        var panel = Panels.Reference;
        foreach (var column in BreadthColumns.All.Where(c => c.Kind == ColumnKind.Real))
        {
            Assert.All(column.Reals(panel)[..column.WarmUp], x => Assert.True(double.IsNaN(x), column.Name));
            Assert.False(double.IsNaN(column.Reals(panel)[column.WarmUp + 5]), column.Name);
        }
    }

    [Fact]
    public void Asking_a_column_for_the_other_kind_throws()
    {
        Assert.Throws<InvalidOperationException>(() => BreadthColumns.Find("adv")!.Reals(Panels.Reference));
        Assert.Throws<InvalidOperationException>(() => BreadthColumns.Find("trin")!.Integers(Panels.Reference));
    }
}
