using System.Text.Json.Nodes;
using static Bf.Jobs.Infra.Kibana.PanelSpec;

namespace Bf.Jobs.Infra.Kibana.Panels;

/// <summary>The backtest that ran last: its figures beside the index's and those of a basket that was held. Whatever the dashboard's range of time is.</summary>
internal static class BacktestPanel
{
    private const string Percent = "format({0}, '+.1%')", Ratio = "format({0}, '.2f')";

    private static readonly (string Name, string? Column, string Format, bool Compared)[] Figures =
    [
        ("return, whole time", "return", Percent, true), ("return a year (CAGR)", "cagr", Percent, true), ("Sharpe ratio", "sharpe", Ratio, true), ("deepest fall", "max_drawdown", Percent, true),
        ("volatility a year", "volatility", "format({0}, '.1%')", false), ("share of time invested", "exposure", "format({0}, '.0%')", false),
        ("signals taken", "signals_taken", "format({0}, ',')", false), ("signals that gained", "signal_hit_rate", "format({0}, '.0%')", false),
        ("trades", "trades", "format({0}, ',')", false), ("trades that gained", "hit_rate", "format({0}, '.0%')", false),
        ("commission and slippage", null, "format({0}, ',.0f')", false), ("equity at the end", "final_equity", "format({0}, ',.0f')", false),
    ];

    private static readonly TableColumn[] Columns =
    [
        new("figure", "datum.line.name", 0.01),
        new("this backtest", "datum.line.strategy", 0.58, Right: true),
        new("index", "datum.line.index", 0.78, Right: true),
        new("basket held", "datum.line.basket", 0.99, Right: true),
    ];

    public static KibanaPanel Make()
    {
        var layers = TablePicture.Layers(Figures.Length, Columns, [new("figure", "datum.line.name"), new("this backtest", "datum.line.strategy"), new("run", PanelTip.Word("datum.s.run"))]);
        layers.Add(Headline(
            """{"filter": "datum.row == 0"}""",
            "datum.s.signal + ', universe ' + datum.s.universe + ', ' + utcFormat(toDate(datum.s.from_ts), '%Y-%m-%d') + ' to ' + utcFormat(toDate(datum.s.to_ts), '%Y-%m-%d') + '   (run ' + datum.s.run + ')'"));
        return new(
            "backtest", "Latest backtest", "The figures of the backtest that ran last, beside the index and a basket bought once and held.", KibanaPanel.HalfWidth, 15,
            PanelSpec.Of(
                "Table of the latest backtest's figures.", "backtests latest",
                Parse("""{"%context%": true, "index": "backtests", "body": {"size": 1, "sort": [{"ts": {"order": "desc", "unmapped_type": "date"}}]}}"""),
                "datum.hits.hits", ["no backtest for this query", "bf backtest run --save-results, then bf signals export, brings one"],
                List($$"""
                    [
                      {"flatten": ["found"], "as": ["hit"]},
                      {"calculate": "datum.hit._source", "as": "s"},
                      {"calculate": {{Text($"[{string.Join(", ", Figures.Select(Line))}]")}}, "as": "lines"},
                      {"flatten": ["lines"], "as": ["line"]},
                      {"window": [{"op": "row_number", "as": "place"}]},
                      {"calculate": "datum.place - 1", "as": "row"}
                    ]
                    """),
                layers));
    }

    private static string Line((string Name, string? Column, string Format, bool Compared) f)
    {
        var own = f.Column switch { null => "datum.s.commission + datum.s.slippage", "return" => "datum.s.total_return", var column => $"datum.s.{column}" };
        return $"{{name: '{f.Name}', strategy: {Of(own, f.Format)}, index: {Other("index")}, basket: {Other("basket")}}}";

        string Other(string whose) => f.Compared ? Of($"datum.s.{whose}_{f.Column}", f.Format) : "''";
    }

    private static string Of(string value, string format) => $"isValid({value}) ? {format.Replace("{0}", value, StringComparison.Ordinal)} : '-'";
}
