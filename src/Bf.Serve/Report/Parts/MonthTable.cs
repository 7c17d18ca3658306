namespace Bf.Serve.Report.Parts;

/// <summary>The charts' series at the last date of each month: what a reader gets who cannot see the charts.</summary>
internal static class MonthTable
{
    private static readonly (string Title, Func<ReportSeries, double?[]> Of, int Decimals)[] Columns =
    [
        ("Index", s => s.IndexEw, 1),
        ("A/D line", s => s.AdLine, 0),
        ("McClellan", s => s.MccOsc, 1),
        ("Summation", s => s.MccSum, 0),
        ("Above 50-day, %", s => s.PctAbove50, 1),
        ("Above 200-day, %", s => s.PctAbove200, 1),
        ("New highs", s => s.NewHighs, 0),
        ("New lows", s => s.NewLows, 0),
        ("Score", s => s.Score, 1),
    ];

    public static Html Render(ReportModel model)
    {
        var s = model.Series;
        var columns = Columns.Where(c => c.Of(s) is not []).ToArray();
        var html = Html.Of($"<details class=\"data\"><summary>The charts’ figures as a table, by month</summary><div class=\"scroll\"><table><thead><tr><th scope=\"col\">Date");
        foreach (var column in columns)
        {
            html.Add($"<th scope=\"col\" class=\"n\">{column.Title}");
        }

        html.Add($"<tbody>");
        for (var i = s.Ts.Length - 1; i >= 0; i--)
        {
            if (i < s.Ts.Length - 1 && SameMonth(s.Ts[i], s.Ts[i + 1]))
            {
                continue;
            }

            html.Add($"<tr><th scope=\"row\">{Format.Iso(s.Ts[i])}");
            foreach (var (_, of, decimals) in columns)
            {
                html.Add($"<td class=\"n\">{Format.Number(of(s)[i], decimals)}");
            }
        }

        return html.Add($"</table></div><p><button type=\"button\" id=\"csv\" hidden>Save every date as CSV</button></p></details>");
    }

    private static bool SameMonth(long a, long b) => Format.When(a) is var x && Format.When(b) is var y && (x.Year, x.Month) == (y.Year, y.Month);
}
