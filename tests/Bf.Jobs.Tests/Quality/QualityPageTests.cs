using System.Globalization;
using System.Text;
using Bf.Core.Quality;

namespace Bf.Jobs.Tests.Quality;

/// <summary>docs/quality.md is what the catalogue says of itself; a failing test leaves the page as it should be beside the tests.</summary>
public sealed class QualityPageTests
{
    [Fact]
    public void The_page_of_the_checks_says_what_the_catalogue_says()
    {
        var written = Path.Combine(AppContext.BaseDirectory, "quality.md");
        File.WriteAllText(written, Page());

        Assert.True(Page() == File.ReadAllText(Path.Combine(Repository.Root, "docs", "quality.md")).ReplaceLineEndings("\n"), $"docs/quality.md is out of date; the page as it should be: {written}");
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # What `bf data quality` looks for

            Validation keeps out a row that can't be a bar. Everything else that is odd comes in as it is: no check alters a bar.
            `bf data quality` says what is odd, what it does to the signals, and what to do.

                bf data quality                                   # all symbols, all dates
                bf data quality --symbol-list dow30 --start-date 2020-01-01
                bf data quality --check jumps odd_prices          # only these
                bf data quality --strict                          # exit 1 when something changes the signals

            A finding is a *warning* when it changes the signals, else a *note*. `--json` has every check, found or not, with its thresholds.
            All bars of the universe's symbols are looked at, also those before a membership: they fill windows. This page is made from the checks.

            """.ReplaceLineEndings("\n"));
        foreach (var check in QualityChecks.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {check.Name}: {char.ToLowerInvariant(check.Title[0])}{check.Title[1..]}\n\n- Looks for: {check.LooksFor}.\n- Effect: {check.Matters}.\n- To do: {check.ToDo}.\n");
            if (check.Thresholds.Count > 0)
            {
                page.Append(CultureInfo.InvariantCulture, $"- Thresholds: {string.Join("; ", check.Thresholds.Select(t => $"`{t.Name}` {t.Value.ToString(CultureInfo.InvariantCulture)} ({t.Meaning})"))}.\n");
            }
        }

        return page.ToString();
    }
}
