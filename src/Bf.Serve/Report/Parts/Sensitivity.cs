using System.Globalization;

namespace Bf.Serve.Report.Parts;

/// <summary>What trading cost, and the same strategy at other costs and with later fills.</summary>
internal static class Sensitivity
{
    public const string Costs = "costs";

    public const string Delay = "delay";

    private const double Width = 200;

    public static Html? Render(ReportBacktest? b) => b is null or { Costs: null, Cases: [] }
        ? null
        : Html.Of($"<section id=\"costs\"><h2>What trading costs, and what dearer or later fills do</h2>{Paid(b)}{Cases(b)}</section>");

    /// <summary>The case in which every fill comes a date later.</summary>
    public static ReportCase? OneDayLate(ReportBacktest b) => b.Cases.FirstOrDefault(c => c.Group == Delay && !c.IsRun);

    private static Html? Paid(ReportBacktest b)
    {
        if (b.Costs is not { } c)
        {
            return null;
        }

        var title = !BacktestFindings.IsShort(b) && c.CagrWithout - b.Figures?.Cagr is { } drag
            ? $"Costs took {Format.Number(100 * drag, 2)} points of growth a year: {Format.SignedPercent(b.Figures!.Cagr, 1)} with them, {Format.SignedPercent(c.CagrWithout, 1)} without"
            : $"Trading cost {Format.Number(c.Total.Money)}";
        var html = Html.Of($"<h3>{title}</h3><div class=\"scroll\"><table class=\"costs\"><thead><tr><th scope=\"col\">Kind<th scope=\"col\">How it is reckoned<th scope=\"col\" class=\"n\">Paid<th scope=\"col\" class=\"n\">Of equity, a year<th scope=\"col\" class=\"n\">Of the profit before costs<tbody>");
        foreach (var item in c.Items)
        {
            html.Add($"{Row(item, c)}");
        }

        return html.Add($"<tfoot>{Row(c.Total, c)}</table></div><p class=\"note\">Of equity, a year: what was paid over the mean equity and the years. Slippage is already in the prices of the trades. The index and the held basket pay nothing here.</p>");
    }

    private static Html Row(ReportCost item, ReportCosts all)
    {
        var share = all.ProfitBefore > 0 && item.Money >= 0 ? Format.Percent(item.Money / all.ProfitBefore, 1) : Format.Undefined;
        return Html.Of($"<tr><th scope=\"row\">{item.Name}<td>{item.Rate}<td class=\"n\">{Format.Number(item.Money)}<td class=\"n\">{Format.Percent(item.AYear, 2)}<td class=\"n\">{share}");
    }

    private static Html? Cases(ReportBacktest b)
    {
        if (b.Cases is [])
        {
            return null;
        }

        var html = Html.Of($"<h3>{Title(b)}</h3><div class=\"scroll\"><table class=\"cases\"><thead><tr><th scope=\"col\">The same strategy with<th scope=\"col\" class=\"n\">Growth a year<th scope=\"col\" class=\"bar\"><span class=\"sr\">As a bar</span><th scope=\"col\" class=\"n\">Sharpe<th scope=\"col\" class=\"n\">Deepest fall<th scope=\"col\" class=\"n\">Costs<th scope=\"col\" class=\"n\">At the end");
        var index = b.IndexFigures?.Cagr;
        double[] known = [.. b.Cases.Select(c => c.Cagr).Append(index).Append(0).OfType<double>()];
        foreach (var group in b.Cases.GroupBy(c => c.Group, StringComparer.Ordinal))
        {
            html.Add($"<tbody>");
            foreach (var c in group)
            {
                html.Add($"<tr{(c.IsRun ? Html.Of($" class=\"main\"") : null)}><th scope=\"row\">{c.Name}{(c.IsRun ? " (this run)" : "")}<td class=\"n\">{Format.SignedPercent(c.Cagr, 2)}<td class=\"bar\">{Bar(c.Cagr, index, known.Min(), known.Max())}<td class=\"n\">{Format.Number(c.Sharpe, 2)}<td class=\"n\">{Format.Percent(c.MaxDrawdown, 1)}<td class=\"n\">{Format.Number(c.Costs)}<td class=\"n\">{Format.Number(c.FinalEquity)}");
            }
        }

        return html.Add($"</table></div><p class=\"note\">Each row is the whole backtest run again on the same bars. Costs: commission, slippage and borrowing times that factor. Later fills: every order a date or two after its time, as if the signal had been seen late.{(index is null ? "" : $" The upright mark is the index held, {Format.SignedPercent(index, 1)} a year.")}</p>");
    }

    private static string Title(ReportBacktest b)
    {
        if (BacktestFindings.IsShort(b))
        {
            return "Other costs, later fills";
        }

        var dearest = b.Cases.LastOrDefault(c => c.Group == Costs);
        var parts = new List<string>();
        if (dearest?.Cagr is { } dear)
        {
            parts.Add($"with {dearest.Name} it would have made {Format.SignedPercent(dear, 1)} a year");
        }

        if (OneDayLate(b)?.Cagr is { } late && b.Figures?.Cagr is { } own)
        {
            var points = Format.Number(100 * Math.Abs(late - own), 2);
            parts.Add(points == "0.00" ? "a day’s delay changes nothing" : $"a day’s delay {(late < own ? "takes" : "adds")} {points} points");
        }

        var title = string.Join("; ", parts);
        return title is "" ? "Other costs, later fills" : char.ToUpperInvariant(title[0]) + title[1..];
    }

    private static Html? Bar(double? value, double? index, double low, double high)
    {
        if (value is not { } v || high <= low)
        {
            return null;
        }

        double X(double at) => 2 + ((Width - 4) * (at - low) / (high - low));
        var (from, to) = (X(Math.Min(0, v)), X(Math.Max(0, v)));
        var html = Html.Of($"<svg class=\"case\" viewBox=\"0 0 200 14\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"{(v < 0 ? "down" : "up")}\" x=\"{Short(from)}\" y=\"2\" width=\"{Short(to - from)}\" height=\"10\"/><line x1=\"{Short(X(0))}\" x2=\"{Short(X(0))}\" y1=\"0\" y2=\"14\"/>");
        return html.Add($"{(index is { } i ? Html.Of($"<line class=\"index\" x1=\"{Short(X(i))}\" x2=\"{Short(X(i))}\" y1=\"0\" y2=\"14\"/>") : null)}</svg>");
    }

    private static string Short(double v) => v.ToString("0.#", CultureInfo.InvariantCulture);
}
