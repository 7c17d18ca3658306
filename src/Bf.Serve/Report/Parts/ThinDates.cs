namespace Bf.Serve.Report.Parts;

/// <summary>What the page says, in words, of dates with too few symbols.</summary>
internal static class ThinDates
{
    /// <summary>So many are named; all of them are bands in the charts and a column of the saved figures.</summary>
    private const int Named = 5;

    /// <summary>A date's symbols beside the usual number: 57 of 100 stocks.</summary>
    public static string Of(ReportThinDate date) => $"{Format.Number(date.Symbols)} of {Format.Count(date.Usual, "stock")}";

    /// <summary>What the grey bands are, and which dates they mark.</summary>
    public static Html? Note(ReportSeries series)
    {
        if (series.Thin is [])
        {
            return null;
        }

        var last = series.Thin.TakeLast(Named).Reverse().Select(d => $"{Format.Day(d.Ts)} ({Of(d)})");
        return Html.Of($"<p class=\"note\"><span class=\"thin-key\" aria-hidden=\"true\"></span> Grey bands mark {Format.Count(series.Thin.Length, "date")} with thin coverage: unusually few stocks have a bar, so the figures stand on little. {(series.Thin.Length > Named ? "The last ones: " : "")}{string.Join(", ", last)}.</p>");
    }

    /// <summary>A warning where the date of the key figures is one of them.</summary>
    public static Html? Warning(ReportModel model) => model.Series.Thin is [.., var last] && last.Ts == model.LastDay?.Ts
        ? Html.Of($"<p class=\"warn\"><strong>Thin coverage.</strong> Only {Of(last)} have a bar on this date, so these figures stand on little. Import the missing bars and make the report again.</p>")
        : null;
}
