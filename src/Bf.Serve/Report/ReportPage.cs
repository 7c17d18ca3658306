using System.Security.Cryptography;
using System.Text;
using Bf.Serve.Report.Parts;

namespace Bf.Serve.Report;

/// <summary>
/// The report as one HTML file that needs nothing else: style, script, chart library and data are inside, and its content security
/// policy lets the browser run just that script and load nothing.
/// </summary>
public static class ReportPage
{
    private static readonly Lazy<string> Template = new(() => Resource("report.html"));
    private static readonly Lazy<string> Style = new(() => Resource("uplot.css") + "\n" + Resource("report.css") + Resource("print.css"));
    private static readonly Lazy<string> Script = new(() =>
        Resource("sharp.js") + Resource("uplot.js") + "\n(() => {\n'use strict';\n" + Resource("ink.js") + Resource("plots.js") + Resource("report.js") + Resource("steer.js") + "})();\n");

    /// <summary>The page.</summary>
    /// <exception cref="ArgumentException">A series is neither empty nor as long as its dates.</exception>
    public static string Render(ReportModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Check(model);
        var leads = model is { BacktestFirst: true, Backtest: not null };
        var headline = leads ? BacktestFindings.Headline(model.Backtest!) : Findings.Headline(model);
        var range = model.Series.Ts is { Length: > 0 } ts ? $"{Format.Day(ts[0])} to {Format.Day(ts[^1])}" : "no dates";
        return Fill(Template.Value, new()
        {
            ["title"] = $"{Html.Of($"{headline}")}",
            ["policy"] = $"default-src 'none'; style-src '{Hash(Style.Value)}'; script-src '{Hash(Script.Value)}'; img-src data:; base-uri 'none'; form-action 'none'",
            ["style"] = Style.Value,
            ["license"] = Resource("uplot-license.txt"),
            ["what"] = $"{Html.Of($"{model.Universe.Name} · {Format.Count(model.Universe.Symbols, "symbol")} · {range}")}",
            ["brand"] = leads ? "Backtest" : "Market breadth",
            ["lede"] = $"{Html.Of($"{(leads ? BacktestFindings.Lede(model.Backtest!) : Findings.Lede(model))}")}",
            ["body"] = $"{Body(model, leads)}",
            ["made"] = $"{Html.Of($"Made {model.Run.GeneratedAt} by run {model.Run.Id}.")}",
            ["data"] = ChartData.Render(model),
            ["script"] = Script.Value,
        });
    }

    /// <summary>First what the page is about; the toolbar comes before the first chart and stays in sight from there on.</summary>
    private static Html Body(ReportModel model, bool backtestLeads)
    {
        var (figures, toolbar) = (KeyFigures.Render(model), Charts.Toolbar(model));
        var market = Html.Of($"{Charts.Render(model)}{Thrusts.Render(model)}");
        var backtest = Html.Of($"{Backtests.Render(model)}{Sensitivity.Render(model.Backtest)}{Luck.Render(model)}{Trades.Render(model)}");
        return Html.Of($"{Contents.Render(model, backtestLeads)}")
            .Add($"{(backtestLeads ? Html.Of($"{Method.Survivorship(model.Universe)}{toolbar}{backtest}{figures}{market}") : Html.Of($"{figures}{toolbar}{market}{backtest}"))}{Method.Render(model)}");
    }

    /// <summary>Fills in one pass, so that a filling that looks like a placeholder stays what it is.</summary>
    private static string Fill(string template, Dictionary<string, string> fillings)
    {
        var page = new StringBuilder();
        var at = 0;
        while (template.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            var close = template.IndexOf("}}", open, StringComparison.Ordinal);
            page.Append(template, at, open - at).Append(fillings[template[(open + 2)..close]]);
            at = close + 2;
        }

        return page.Append(template, at, template.Length - at).ToString();
    }

    private static void Check(ReportModel m)
    {
        var s = m.Series;
        var dates = s.Ts.Length;
        double?[][] series = [s.IndexEw, s.AdLine, s.MccOsc, s.MccSum, s.PctAbove50, s.PctAbove200, s.NewHighs, s.NewLows, s.UpVolumeShare, s.Score];
        if (series.Any(x => x.Length != 0 && x.Length != dates))
        {
            throw new ArgumentException("each series has one entry a date, or none", nameof(m));
        }

        if (m.Backtest is { } b)
        {
            double?[][] more = [b.Exposure, b.RollingSharpe, b.IndexRollingSharpe];
            ReportCurve?[] curves = [b.Strategy, b.BuyAndHold, b.Basket, .. more.Where(v => v is not []).Select(v => new ReportCurve(v, v))];
            if (curves.Any(c => c is not null && (c.Value.Length != b.Ts.Length || c.Drawdown.Length != b.Ts.Length)))
            {
                throw new ArgumentException("each curve of the backtest has one entry a date", nameof(m));
            }
        }
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report/" + name)
            ?? throw new InvalidOperationException($"the resource {name} is not built in");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
