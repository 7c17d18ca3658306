using System.Text.RegularExpressions;
using Bf.Serve.Grid;

namespace Bf.Serve.Tests.Grid;

public sealed class GridPageTests
{
    [Fact]
    public void A_cell_that_was_tried_is_drawn_and_tells_its_figure()
    {
        var page = GridPage.Render(Model());
        Assert.Equal(5, Regex.Count(page, "<rect class=\"(up|down)\"")); // six cells, one of them not tried
        Assert.Contains("<title>slow 30, fast 5: 1.20</title>", page, StringComparison.Ordinal);
        Assert.Contains("<title>slow 31, fast 6: −0.50</title>", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "<rect class=\"best\""));
    }

    [Fact]
    public void Hue_tells_the_sign_and_strength_the_size()
    {
        var page = GridPage.Render(Model());
        var up = Regex.Match(page, "class=\"up\"[^>]*fill-opacity=\"([0-9.]+)\"><title>slow 30, fast 5").Groups[1].Value;
        var down = Regex.Match(page, "class=\"down\"[^>]*fill-opacity=\"([0-9.]+)\"><title>slow 31, fast 6").Groups[1].Value;
        Assert.Equal(("1", "0.46"), (up, down)); // 0.08 + 0.92 x 0.5 / 1.2
    }

    [Fact]
    public void Nothing_is_loaded_and_no_script_runs()
    {
        var page = GridPage.Render(Model());
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=|url\\(|@import", page);
    }

    [Fact]
    public void Text_from_data_never_becomes_markup()
    {
        const string evil = "<img src=x>\"'&";
        var page = GridPage.Render(Model() with
        {
            Headline = evil, What = evil, Findings = [evil], Made = evil, Tables = [new(evil, 1, [evil], [[evil]])],
            Maps = [new(evil, evil, [evil], evil, [evil], [1], false, 2, 0)],
        });
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("aria-label=\"<", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x&gt;&quot;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_of_undefined_figures_says_so() =>
        Assert.Contains("Undefined everywhere.", GridPage.Render(Model() with { Maps = [new("t", "a", ["1"], "b", ["2"], [double.NaN], false, 0, 0)] }), StringComparison.Ordinal);

    [Fact]
    public void A_map_whose_cells_are_not_its_rows_by_its_columns_is_refused() =>
        Assert.Throws<ArgumentException>(() => GridPage.Render(Model() with { Maps = [new("t", "a", ["1"], "b", ["2"], [1, 2], false, 0, 0)] }));

    private static GridModel Model() => new()
    {
        Headline = "a grid",
        What = "sma-cross on X",
        Findings = ["one", "two"],
        Maps = [new("Sharpe ratio", "slow", ["30", "31", "32"], "fast", ["5", "6"], [1.2, 0.1, 0.3, -0.5, 0, double.NaN], false, 2, 0)],
        Tables = [new("The best", 1, ["fast", "Sharpe"], [["5", "1.20"]])],
        Made = "Made.",
    };
}
