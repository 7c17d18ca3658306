using Bf.Core.Statistics;

namespace Bf.Serve.Report.Parts;

/// <summary>How much the record proves: signals against trades, the probabilistic Sharpe ratio, the detectors tested against random dates.</summary>
internal static class Luck
{
    /// <summary>The rate of false discoveries up to which a result counts as one.</summary>
    private const double Discovery = 0.05;

    public static Html? Render(ReportModel model)
    {
        var (confidence, evaluation) = (model.Backtest?.Confidence, model.Evaluation);
        return confidence is null && evaluation is null
            ? null
            : Html.Of($"<section id=\"luck\"><h2>Could it be luck?</h2>{Confidence(confidence)}{Evaluation(model, evaluation)}</section>");
    }

    private static Html? Confidence(ReportConfidence? c)
    {
        if (c is not { Taken: > 0 })
        {
            return null;
        }

        var html = Html.Of($"<p><strong>{Format.Count(c.Taken, "signal")}, not {Format.Count(c.Trades, "trade")}.</strong> The trades of one signal rise and fall together, so {Format.Number(c.Taken)} is how often the rule was put to the test{(c.Fired is { } fired && fired > c.Taken ? $" ({Format.Number(fired)} fired; {Format.Number(fired - c.Taken)} could not be traded, mostly because an earlier one was still held)" : "")}.</p>");
        return c.AboveZero is null ? html : html.Add($"<p><strong>Probabilistic Sharpe ratio.</strong> Judged by length, skewness and fat tails of the record, the true Sharpe ratio is above 0 with a probability of {Format.Percent(c.AboveZero, 1)}{(c.AboveIndex is null ? "" : $", and above that of holding the index with {Format.Percent(c.AboveIndex, 1)}")}. The figure takes daily returns as independent, and knows nothing of the rules that were tried before this one: both make it too sure.</p>");
    }

    private static Html? Evaluation(ReportModel model, ReportEvaluation? e)
    {
        if (e is null || e.Results.Count == 0)
        {
            return null;
        }

        var own = e.Results.Where(r => r.Detector == e.Detector).ToArray();
        var html = Html.Of($"{(own is [] ? null : ForestTable.Render(Findings.TitleOf(model, e.Detector!), own))}<h3>{Title(model, e)}</h3>{EvidenceTable.Render(model, e)}");
        var left = e.Results.Count(r => r.PValue is not null);
        html.Add($"<p class=\"note\">Each figure is the lift: the mean change of the universe’s index so many dates after a fire, less the mean after any date, in points. Blue: random dates of the same rhythm did as well in at most 5 of 100 draws (p); darker and marked ●: so rarely that no more than {Format.Percent(Discovery)} of such finds among the {Format.Number(left)} tests should be luck (q). Orange: at least 95 of 100 draws did as well or better.</p>");
        return html.Add($"<p class=\"note\">Fires closer than the horizon share dates: intervals (dates drawn in blocks) and p (random dates with the same gaps) allow for it, means do not. {Format.Number(e.Draws)} draws, seed {e.Seed}. Most of these rules were made by looking at the past, of which q knows nothing; the index is rebalanced daily and free of cost. The figures are those of bf signals evaluate.</p>");
    }

    private static string Title(ReportModel model, ReportEvaluation e)
    {
        EventResult[] tested = [.. e.Results.Where(r => r.PValue is not null)];
        EventResult[] found = [.. tested.Where(r => r.QValue <= Discovery)];
        return tested is [] ? "No detector fired: nothing could be tested"
            : found is [] ? $"Of {Format.Count(tested.Length, "test")} of all detectors none stands out from luck"
            : $"{Format.Number(found.Length)} of {Format.Count(tested.Length, "test")} stand{(found.Length == 1 ? "s" : "")} out from luck: {string.Join(", ", found.Select(r => r.Detector).Distinct(StringComparer.Ordinal).Select(d => Findings.TitleOf(model, d)))}";
    }
}
