using System.Reflection;
using Bf.Core.Breadth;
using Bf.Core.Breadth.Indicators;
using Bf.Core.Catalogue;
using Bf.Core.Signals;
using Bf.Core.Tests.Breadth;

namespace Bf.Core.Tests.Catalogue;

/// <summary>The catalogues have all that there is, and all that there is to say about it.</summary>
public sealed class CatalogueTests
{
    private static readonly Type[] Types = typeof(Indicator).Assembly.GetTypes();

    [Fact]
    public void Every_type_of_indicator_and_detector_is_in_its_catalogue()
    {
        Assert.Equal(Concrete(typeof(Indicator)), IndicatorCatalogue.All.Select(i => i.GetType().Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Concrete(typeof(Detector)), Detectors.All.Select(d => d.GetType().Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_detector_and_column_that_a_type_holds_is_in_its_catalogue()
    {
        Assert.All(Held<Detector>(), d => Assert.Contains(d, Detectors.All));
        Assert.All(Held<BreadthColumn>(), c => Assert.Contains(c, BreadthColumns.All));
        Assert.All(IndicatorCatalogue.All.SelectMany(i => i.Columns), c => Assert.Same(c, Assert.Single(BreadthColumns.All, b => b.Name == c.Name)));
        Assert.Equal(IndicatorCatalogue.All.Sum(i => i.Columns.Count), BreadthColumns.All.Count);
    }

    [Fact]
    public void Every_indicator_says_what_it_is()
    {
        Assert.All(IndicatorCatalogue.All, i => Assert.All((string[])[i.Name, i.Title, i.Measures, i.Source], text => Assert.False(string.IsNullOrWhiteSpace(text))));
        Assert.All(IndicatorCatalogue.All, i => Assert.NotEmpty(i.Columns));
        Assert.All(IndicatorCatalogue.All.SelectMany(i => i.Parameters), p => Assert.InRange(p.Default, p.Least, p.Most));
        Assert.All(BreadthColumns.All, c => Assert.False(string.IsNullOrWhiteSpace(c.Undefined)));
        Assert.Equal(IndicatorCatalogue.All.Count, IndicatorCatalogue.All.Select(i => i.Name).Distinct().Count());
    }

    [Fact]
    public void An_indicator_is_found_by_its_name_and_by_its_columns()
    {
        Assert.Equal("mcclellan", IndicatorCatalogue.Find("McClellan")!.Name);
        Assert.Equal("volume_line", IndicatorCatalogue.Find("CVI")!.Name);
        Assert.Null(IndicatorCatalogue.Find("no_such_indicator"));
    }

    [Fact]
    public void A_detector_reads_columns_that_exist_and_takes_other_numbers_within_their_ranges()
    {
        foreach (var detector in Detectors.All)
        {
            Assert.All(detector.Inputs, i => Assert.True(BreadthColumns.Find(i) is not null || i is "points_up" or "points_down", i));
            foreach (var p in detector.Parameters)
            {
                Assert.InRange(p.Value, p.Least, p.Most);
                Assert.Equal(detector.Fires(Panels.Sample), detector.With(p.Name, p.Value).Fires(Panels.Sample));
                var other = detector.With(p.Name, p.Most);
                Assert.Equal((detector.Name, p.Most), (other.Name, other.Parameters.Single(o => o.Name == p.Name).Value));
                Assert.Throws<ArgumentOutOfRangeException>(() => detector.With(p.Name, p.Most + 1));
                Assert.Throws<ArgumentOutOfRangeException>(() => detector.With(p.Name, double.NaN));
            }

            Assert.Contains("threshold", Assert.Throws<ArgumentException>(() => Detectors.Find("upvol90")!.With("no_such", 1)).Message);
        }
    }

    [Fact]
    public void The_page_of_the_documentation_is_what_the_catalogues_say() =>
        Assert.True(
            CataloguePage.Markdown() == TestData.Text("indicators.md").ReplaceLineEndings("\n"),
            "docs/indicators.md is not what the catalogues say; make it anew: ./bf signals indicators --markdown > docs/indicators.md");

    private static IEnumerable<string> Concrete(Type kind) => Types.Where(t => kind.IsAssignableFrom(t) && !t.IsAbstract).Select(t => t.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<T> Held<T>() =>
        Types.Where(t => !t.ContainsGenericParameters).SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(f => typeof(T).IsAssignableFrom(f.FieldType)).Select(f => (T)f.GetValue(null)!);
}
