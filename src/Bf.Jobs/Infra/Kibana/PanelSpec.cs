using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>What all pictures have in common: the answer of one search as data, and a word in the middle where it holds nothing.</summary>
internal static class PanelSpec
{
    // Kibana refuses a version of the language above its own; whatever is written in 5 is understood by 5.x and 6
    private const string Schema = "https://vega.github.io/schema/vega-lite/v5.json";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A picture.</summary>
    /// <param name="description">What it shows, for those who do not see it.</param>
    /// <param name="data">The data set's name, which is the request's in Kibana's inspector.</param>
    /// <param name="url">Which index is asked, and what.</param>
    /// <param name="found">An expression of what was found, as an array; of an index that is not there the answer has no <c>aggregations</c>.</param>
    /// <param name="nothing">What to say where that is empty; a second line says what to do.</param>
    /// <param name="transform">Makes rows of it.</param>
    /// <param name="layers">What is drawn of the rows.</param>
    /// <param name="top">Pixels above it, for a headline.</param>
    public static JsonObject Of(string description, string data, JsonObject url, string found, string[] nothing, JsonArray transform, JsonArray layers, int top = 24) => Parse($$"""
        {
          "$schema": "{{Schema}}",
          "description": {{Text(description)}},
          "padding": {"left": 8, "top": {{top}}, "right": 14, "bottom": 6},
          "data": {"name": {{Text(data)}}, "url": {{url.ToJsonString(Plain)}} },
          "transform": [{"calculate": {{Text(found)}}, "as": "found"}],
          "layer": [
            {
              "transform": [{"filter": "length(datum.found) == 0"}],
              "mark": {"type": "text", "fontSize": 13, "lineHeight": 20, "limit": {"expr": "width"}, "x": {"expr": "width / 2"}, "y": {"expr": "height / 2 - 10"} },
              "encoding": {"text": {"value": {{JsonSerializer.Serialize(nothing, Plain)}} } }
            },
            {"transform": {{transform.ToJsonString(Plain)}}, "layer": {{layers.ToJsonString(Plain)}} }
          ],
          "config": {
            "kibana": {"hideWarnings": true},
            "view": {"stroke": null},
            "axis": {"labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "gridOpacity": 0.5, "labelOverlap": true},
            "legend": {"labelFontSize": 11, "title": null, "symbolStrokeWidth": 3, "layout": {"top": {"anchor": "end"} } },
            "text": {"fontSize": 12, "color": "{{PanelInk.Text}}"}
          }
        }
        """);

    /// <summary>A line above a picture: what it is of, and what it says at its end.</summary>
    /// <param name="transform">Keeps one datum.</param>
    /// <param name="text">An expression of the line.</param>
    public static JsonObject Headline(string transform, string text) => Parse($$"""
        {
          "transform": [{{transform}}, {"calculate": {{Text(text)}}, "as": "headline"}],
          "mark": {"type": "text", "aria": false, "align": "left", "baseline": "bottom", "fontWeight": 600, "x": 0, "y": -8, "limit": {"expr": "width"} },
          "encoding": {"text": {"field": "headline", "type": "nominal"} }
        }
        """);

    /// <summary>Keeps the latest datum.</summary>
    public const string Latest = """{"window": [{"op": "row_number", "as": "back"}], "sort": [{"field": "t", "order": "descending"}]}, {"filter": "datum.back == 1"}""";

    /// <summary>JSON that the code has as text.</summary>
    public static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    /// <summary>A list of JSON that the code has as text.</summary>
    public static JsonArray List(string json) => JsonNode.Parse(json)!.AsArray();

    /// <summary>A text as JSON.</summary>
    public static string Text(string text) => JsonSerializer.Serialize(text, Plain);
}
