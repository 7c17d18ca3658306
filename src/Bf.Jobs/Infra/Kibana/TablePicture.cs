using System.Globalization;
using System.Text.Json.Nodes;
using static Bf.Jobs.Infra.Kibana.PanelSpec;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>A column of a table that is drawn.</summary>
/// <param name="Header">What stands above it.</param>
/// <param name="Text">An expression of its text.</param>
/// <param name="At">Where its text begins, or ends where it is right-aligned: a share of the width.</param>
/// <param name="Right">Whether it is right-aligned, as numbers are.</param>
/// <param name="Colour">An expression of its colour; null for that of text.</param>
internal sealed record TableColumn(string Header, string Text, double At, bool Right = false, string? Colour = null);

/// <summary>A table as a picture: rows of text on stripes, so that it is asked, shaped and tested as the charts are.</summary>
internal static class TablePicture
{
    private const string ColourOfRow = """, "color": {"field": "colour", "type": "nominal", "scale": null}""";

    /// <summary>The table.</summary>
    /// <param name="slots">How many rows there is room for.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="tips">What is said of a row under the pointer.</param>
    /// <returns>Layers that draw a datum with the field <c>row</c>, from 0 on, as a row.</returns>
    public static JsonArray Layers(int slots, IReadOnlyList<TableColumn> columns, IReadOnlyList<PanelTip> tips)
    {
        var layers = List($$"""
            [{
              "transform": [{"filter": "datum.row < {{slots}}"}, {"calculate": "datum.row + 1", "as": "from"}, {"calculate": "datum.row + 2", "as": "to"}, {{PanelTip.Transform(tips)}}],
              "mark": {"type": "rect", "aria": false, "color": "{{PanelInk.Muted}}"},
              "encoding": {
                "y": {{Y("from", slots)}}, "y2": {"field": "to"},
                "opacity": {"condition": {"test": "datum.row % 2 == 0", "value": 0.12}, "value": 0.01},
                "tooltip": {{PanelTip.Channel(tips)}}
              }
            }]
            """);
        foreach (var c in columns)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"""
                "align": "{(c.Right ? "right" : "left")}", "baseline": "middle", "limit": {Expression("width * 0.5")}, "x": {Expression($"width * {c.At}")}
                """);
            var colour = c.Colour is null ? "" : $", {Calculate(c.Colour, "colour")}";
            layers.Add(Parse($$"""
                {
                  "transform": [{"filter": "datum.row == 0"}, {{Calculate("0.5", "middle")}}],
                  "mark": {"type": "text", "aria": false, "fontSize": 11, {{place}} },
                  "encoding": {"y": {{Y("middle", slots)}}, "text": {"value": {{Text(c.Header)}} } }
                }
                """));
            layers.Add(Parse($$"""
                {
                  "transform": [{"filter": "datum.row < {{slots}}"}, {{Calculate("datum.row + 1.5", "middle")}}, {{Calculate(c.Text, "text")}}{{colour}}],
                  "mark": {"type": "text", "aria": false, {{place}} },
                  "encoding": {"y": {{Y("middle", slots)}}, "text": {"field": "text", "type": "nominal"}{{(c.Colour is null ? "" : ColourOfRow)}} }
                }
                """));
        }

        return layers;
    }

    private static string Expression(string text) => $$"""{"expr": {{Text(text)}} }""";

    private static string Calculate(string expression, string name) => $$"""{"calculate": {{Text(expression)}}, "as": "{{name}}"}""";

    private static string Y(string field, int slots) => $$"""{"field": "{{field}}", "type": "quantitative", "scale": {"domain": [0, {{slots + 1}}], "reverse": true, "nice": false, "zero": false}, "axis": null}""";
}
