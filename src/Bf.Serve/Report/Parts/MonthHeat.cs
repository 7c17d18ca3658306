using System.Globalization;

namespace Bf.Serve.Report.Parts;

/// <summary>Returns by month and year: a row a year, coloured by sign and size, the index's year beside.</summary>
internal static class MonthHeat
{
    private static readonly double[] Steps = [0.01, 0.03, 0.05, 0.08];

    public static Html? Render(ReportBacktest b)
    {
        if (b.Months.All(m => m.Return is null or 0))
        {
            return null;
        }

        var html = Html.Of($"<h3>{Title(b)}</h3><div class=\"scroll\"><table class=\"heat\"><thead><tr><th scope=\"col\">Year");
        for (var month = 1; month <= 12; month++)
        {
            html.Add($"<th scope=\"col\" class=\"n\">{CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month)}");
        }

        html.Add($"<th scope=\"col\" class=\"n\">Year{(b.IndexYears is [] ? null : Html.Of($"<th scope=\"col\" class=\"n\">Index"))}<tbody>");
        foreach (var year in b.Years)
        {
            html.Add($"<tr><th scope=\"row\">{year.Year}");
            for (var month = 1; month <= 12; month++)
            {
                html.Add($"{Cell(b.Months.FirstOrDefault(m => m.Year == year.Year && m.Month == month)?.Return)}");
            }

            html.Add($"<td class=\"n main\">{Format.SignedPercent(year.Return, 1)}");
            html.Add($"{(b.IndexYears is [] ? null : Html.Of($"<td class=\"n\">{Format.SignedPercent(b.IndexYears.FirstOrDefault(y => y.Year == year.Year)?.Return, 1)}"))}");
        }

        return html.Add($"</table></div><p class=\"note\">Returns in percent after costs; blue gained, orange lost, darker is more. The first and the last period may be parts; 0.0 is a month out of the market.</p>");
    }

    private static string Title(ReportBacktest b)
    {
        var known = b.Months.Where(m => m.Return is not null).ToArray();
        if (known is [])
        {
            return "Month by month";
        }

        var (best, worst) = (known.MaxBy(m => m.Return)!, known.MinBy(m => m.Return)!);
        return $"{Format.Number(b.Years.Count(y => y.Return > 0))} of {Format.Count(b.Years.Count, "year")} gained; the best month was {Name(best)}, the worst {Name(worst)}";

        static string Name(Bf.Core.Backtest.CalendarReturn m) => $"{CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(m.Month)} {m.Year} ({Format.SignedPercent(m.Return, 1)})";
    }

    private static Html Cell(double? r)
    {
        var shade = r is not { } x || Format.Signed(100 * x, 1) is "0.0" ? "" : $" {(x < 0 ? "down" : "up")}{1 + Steps.Count(s => Math.Abs(x) > s)}";
        return Html.Of($"<td class=\"n{shade}\">{(r is null ? "" : Format.Signed(100 * r, 1))}");
    }
}
