using System.Globalization;
using System.Text;
using Bf.Core.Breadth;
using Bf.Core.Breadth.Further;
using Bf.Core.Breadth.Indicators;
using Bf.Core.Signals;

namespace Bf.Core.Catalogue;

/// <summary>The page of the documentation that is made from the catalogues: what is computed, how, after whom, and where it is NULL.</summary>
public static class CataloguePage
{
    /// <summary>The page, in Markdown.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder();
        page.Append("""
            # Indicators, detectors, score

            This page is made by `bf signals indicators --markdown` from the catalogues in `src/Bf.Core`; a test compares it. `bf signals indicators` and `bf signals list` show the same in a terminal, with `--json` for scripts.

            ## How to read it
            - A *date* is a row of table `breadth`: a trading day, or a bar within it. A *bar* is one of a symbol's own. Means and windows of market series are over dates, those of symbols over their bars.
            - A value at a date uses nothing later. The first value comes after the warm-up: so many dates of a history (of a symbol's bars, where the formula speaks of bars) pass before.
            - Undefined is NULL, never 0 and never NaN. Counts and their running sums are defined on every date, and 0 at the start. Of imported counts, what was not given is NULL, and so is what rests on it.
            - SMA is the plain mean of the last n values, undefined unless all are defined. EMA is the exponential mean with alpha = 2 / (n + 1); it starts at the first defined value, and a date without a value leaves it as it was.
            - Counts, volumes and their sums are exact integers; only what divides is a double.
            - Levels are compared with the doubles as they are. A mean of shares that equals a level in exact arithmetic may stand a rounding (1e-16) beside it, and then counts as below or above; with a handful of symbols that happens (ten dates of thirds make 0.4), with a hundred hardly ever.


            """.ReplaceLineEndings("\n"));
        Overview(page);
        page.Append("## Indicators\n\n");
        foreach (var indicator in IndicatorCatalogue.All)
        {
            Section(page, indicator);
        }

        page.Append("""
            ## Indicators on demand

            These need more of the bars than the usual counts do: highs and lows, other lengths, means by symbol. `bf signals generate --indicators all` (or names between commas, or the setting `BF_INDICATORS`) computes them; their columns are NULL otherwise.
            An N in a name stands for any length: `pct_above_sma37`, `nh10`. `all` takes the lengths that are listed. Because a mean by symbol goes back to its first bar, a run with them reads all bars whenever there are new ones.


            """.ReplaceLineEndings("\n"));
        foreach (var family in FurtherIndicators.Families)
        {
            Section(page, family);
        }

        Thrusts(page);
        foreach (var detector in Detectors.All)
        {
            Section(page, detector);
        }

        Score(page);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void Overview(StringBuilder page)
    {
        page.Append("## Columns of table `breadth`\n\n| column | unit | measures | described under |\n|---|---|---|---|\n");
        foreach (var column in BreadthColumns.All)
        {
            var home = IndicatorCatalogue.All.FirstOrDefault(i => i.Columns.Contains(column))?.Title;
            page.Append($"| `{column.Name}` | {Cell(column.Unit)} | {Cell(column.Measures)} | {Cell(home ?? "")} |\n");
        }

        page.Append('\n');
    }

    private static void Section(StringBuilder page, Indicator indicator)
    {
        page.Append($"### {indicator.Title}\n\n`{indicator.Name}`: {Sentence(indicator.Measures)}\n\n| column | formula | unit | warm-up | NULL where |\n|---|---|---|--:|---|\n");
        foreach (var c in indicator.Columns)
        {
            page.Append($"| `{c.Name}` | {Cell(c.Formula)} | {Cell(c.Unit)} | {c.WarmUp} | {Cell(c.Undefined)} |\n");
        }

        page.Append('\n');
        Parameters(page, indicator.Parameters);
        Origin(page, indicator.Source, indicator.Note);
    }

    private static void Section(StringBuilder page, FurtherFamily family)
    {
        page.Append($"### {family.Title}\n\n`{family.Name}`: {Sentence(family.Measures)}\n\nFormula: {Sentence(family.Formula)}\n\n| column | formula | unit | warm-up |\n|---|---|---|--:|\n");
        foreach (var c in family.Standard.SelectMany(i => i.Columns).DistinctBy(c => c.Name).Where(c => BreadthColumns.Find(c.Name) is null))
        {
            page.Append($"| `{c.Name}` | {Cell(c.Formula)} | {Cell(c.Unit)} | {c.WarmUp} |\n");
        }

        page.Append('\n');
        Parameters(page, family.Parameters);
        Origin(page, family.Source, family.Note);
    }

    private static void Thrusts(StringBuilder page) => page.Append($"""
        ## Detectors

        Each finds a thrust: a sudden, rare burst of participation. Table `thrusts` has one row a fire. Beside it, table `signals` has for each date `memory` (dates since each detector's last fire, up to {ThrustMemory.Dates})
        and `thrust_states`: `armed` (what has to come before a thrust was seen, and the next date may fire), else `fired` (within the last {ThrustMemory.Dates} dates), else `decayed` (longer ago); one that is none of these is left out. Neither ever keeps a detector from firing.


        """.ReplaceLineEndings("\n"));

    private static void Section(StringBuilder page, Detector detector)
    {
        page.Append($"### {detector.Title}\n\n`{detector.Name}`: {Sentence(detector.Measures)}\n\nFires when {Sentence(detector.Formula)} Reads {string.Join(", ", detector.Inputs.Select(i => $"`{i}`"))}; warm-up {detector.WarmUp}.\n\n");
        Parameters(page, [.. detector.Parameters.Select(p => new IndicatorParameter(p.Name, p.Value, p.Least, p.Most, p.Meaning))]);
        Origin(page, detector.Source, detector.Note);
    }

    private static void Score(StringBuilder page)
    {
        page.Append($"## Score\n\n{Sentence(BreadthScore.Rule)}\n\n| part | is, in percent | weight | column of `signals` |\n|---|---|--:|---|\n");
        var weights = ScoreSettings.Default.Weights;
        foreach (var (at, family) in ScoreFamily.All.Index())
        {
            page.Append($"| {family.Title} (`{family.Name}`) | {Cell(family.Formula)} | {Number(weights[at])} | `z_{family.Name}` |\n");
        }

        page.Append("\nWeights and thresholds are settings; each row of `signals` has those it was made with in `settings`, and the versions of the code in `versions`. `bf signals explain` shows the whole sum of a date.\n");
    }

    private static void Parameters(StringBuilder page, IReadOnlyList<IndicatorParameter> parameters)
    {
        if (parameters.Count == 0)
        {
            return;
        }

        page.Append("| parameter | default | range | meaning |\n|---|--:|---|---|\n");
        foreach (var p in parameters)
        {
            page.Append($"| {p.Name} | {Number(p.Default)} | {Number(p.Least)} to {Number(p.Most)} | {Cell(p.Meaning)} |\n");
        }

        page.Append('\n');
    }

    private static void Origin(StringBuilder page, string source, string? note)
    {
        page.Append($"Source: {Sentence(source)}\n\n");
        if (note is not null)
        {
            page.Append($"Note: {Sentence(note)}\n\n");
        }
    }

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";

    /// <summary>Text in a table's cell, where a bar would end it.</summary>
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Number(double x) => x.ToString("R", CultureInfo.InvariantCulture);
}
