using System.Text.Json;
using System.Text.Json.Nodes;
using Bf.Core.Signals;
using Bf.Jobs.Infra.Kibana;

namespace Bf.Jobs.Tests.Infra.Kibana;

/// <summary>The committed file for Kibana, held against what Kibana 8.19 takes.</summary>
public sealed class KibanaObjectsTests
{
    private static readonly string Committed = File.ReadAllText(Path.Combine(Repository.Root, "infra", "kibana", KibanaObjects.FileName));
    private static readonly JsonObject[] Objects = [.. Committed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject())];

    // all that the importer's schemas allow; the newest migration that each may name
    private static readonly Dictionary<string, (string Version, string[] Attributes)> Allowed = new()
    {
        ["index-pattern"] = ("8.0.0", ["title", "timeFieldName", "name"]),
        ["visualization"] = ("8.5.0", ["title", "description", "version", "uiStateJSON", "kibanaSavedObjectMeta", "visState"]),
        ["search"] = ("10.5.0", ["title", "description", "columns", "sort", "kibanaSavedObjectMeta"]),
        ["dashboard"] = ("10.2.0", ["title", "description", "timeRestore", "timeFrom", "timeTo", "refreshInterval", "panelsJSON", "optionsJSON", "kibanaSavedObjectMeta"]),
    };

    public static TheoryData<string> Panels => [.. Of("visualization").Select(v => (string)v["id"]!)];

    [Fact]
    public void The_committed_file_is_what_the_catalogues_make() =>
        Assert.True(Committed == KibanaObjects.Ndjson(), $"infra/kibana/{KibanaObjects.FileName} is not what the code makes; make it anew: ./bf infra kibana write infra/kibana");

    [Fact]
    public void Each_object_has_the_form_that_Kibana_takes()
    {
        Assert.InRange(Committed.Length, 1, 26_214_400);
        Assert.Equal(Objects.Length, Objects.DistinctBy(o => $"{o["type"]} {o["id"]}").Count());
        Assert.All(Objects, o =>
        {
            var (version, attributes) = Allowed[(string)o["type"]!];
            Assert.Equal(["type", "id", "attributes", "references", "managed", "coreMigrationVersion", "typeMigrationVersion"], o.Select(p => p.Key));
            Assert.Equal((version, "8.8.0", false), ((string)o["typeMigrationVersion"]!, (string)o["coreMigrationVersion"]!, (bool)o["managed"]!));
            Assert.Empty(o["attributes"]!.AsObject().Select(a => a.Key).Except(attributes));
            Assert.NotEqual("", (string?)o["attributes"]!["title"]);
        });
        Assert.Equal(["breadth", "signals", "thrusts", "backtests", "runs", "pipeline"], Of("index-pattern").Select(v => (string)v["attributes"]!["title"]!));
        Assert.All(Of("index-pattern"), v => Assert.Equal("ts", (string)v["attributes"]!["timeFieldName"]!));
    }

    [Fact]
    public void What_an_object_speaks_of_stands_before_it_in_the_file()
    {
        var before = new HashSet<string>();
        foreach (var o in Objects)
        {
            Assert.All(o["references"]!.AsArray(), r => Assert.Contains($"{r!["type"]} {r["id"]}", before));
            before.Add($"{o["type"]} {o["id"]}");
        }

        Assert.All(Of("search"), s =>
        {
            var source = Inner(s["attributes"]!["kibanaSavedObjectMeta"]!["searchSourceJSON"]);
            Assert.Equal((string)s["references"]!.AsArray().Single()!["name"]!, (string)source["indexRefName"]!);
        });
    }

    [Fact]
    public void The_dashboard_has_every_panel_once_within_48_columns_and_none_over_another()
    {
        var dashboard = Of("dashboard").Single();
        var panels = JsonNode.Parse((string)dashboard["attributes"]!["panelsJSON"]!)!.AsArray();
        var references = dashboard["references"]!.AsArray().ToDictionary(r => (string)r!["name"]!, r => (string)r!["id"]!);
        Assert.Equal(Of("visualization").Select(v => (string)v["id"]!), panels.Select(p => references[$"{p!["panelIndex"]}:{p["panelRefName"]}"]));
        Assert.Equal(references.Count, panels.Count);
        var taken = new HashSet<(int, int)>();
        Assert.All(panels, p =>
        {
            var grid = p!["gridData"]!;
            Assert.Equal((string)p["panelIndex"]!, (string)grid["i"]!);
            var (x, y, w, h) = ((int)grid["x"]!, (int)grid["y"]!, (int)grid["w"]!, (int)grid["h"]!);
            Assert.True(x >= 0 && w > 0 && h > 0 && x + w <= 48);
            Assert.All(Enumerable.Range(0, w * h), i => Assert.True(taken.Add((x + (i % w), y + (i / w))), $"{grid["i"]} lies over another"));
        });
        Assert.Equal(48 * (taken.Max(t => t.Item2) + 1), taken.Count);
    }

    [Theory]
    [MemberData(nameof(Panels))]
    public void A_picture_asks_as_Kibana_lets_it(string id)
    {
        var state = Inner(Of("visualization").Single(v => (string)v["id"]! == id)["attributes"]!["visState"]);
        Assert.Equal(("vega", 0), ((string)state["type"]!, state["aggs"]!.AsArray().Count));
        var spec = Inner(state["params"]!["spec"]);
        Assert.Equal("https://vega.github.io/schema/vega-lite/v5.json", (string)spec["$schema"]!);
        Assert.True(spec["layer"] is JsonArray, "only one picture is fitted into its panel");
        var data = Members(spec).Where(m => m.Key == "data").Select(m => m.Value!.AsObject()).ToList();
        Assert.Equal(data.Count, data.Select(d => (string)d["name"]!).Distinct().Count());
        var asked = data.Where(d => d["url"] is JsonObject).Select(d => d["url"]!.AsObject()).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, url =>
        {
            Assert.Contains((string)url["index"]!, Of("index-pattern").Select(v => (string)v["attributes"]!["title"]!));
            var body = url["body"]!.AsObject();
            Assert.Empty(body.Select(p => p.Key).Except(["size", "sort", "_source", "aggs"]));
            Assert.InRange((int)body["size"]!, 0, 10_000);
            Assert.DoesNotContain(Members(body), m => m.Key is "aggregations" or "query");
            Assert.All(Members(body).Where(m => m.Key == "date_histogram"), m => Assert.True(m.Value!["interval"]!["%autointerval%"]!.GetValueKind() == JsonValueKind.Number && m.Value["fixed_interval"] is null));
        });
        Assert.DoesNotContain(Members(spec), m => m.Key == "format" && m.Value is JsonObject f && f.ContainsKey("property"));
    }

    [Fact]
    public void Every_detector_has_its_lane_and_a_colour_of_its_own()
    {
        var timeline = Inner(Inner(Of("visualization").Single(v => (string)v["id"]! == "bf-thrust-timeline")["attributes"]!["visState"])["params"]!["spec"]).ToJsonString();
        Assert.All(Detectors.All, d => Assert.Contains(JsonSerializer.Serialize(d.Title), timeline, StringComparison.Ordinal));
        Assert.Equal(Detectors.All.Count, Detectors.All.Select(PanelInk.Of).Distinct().Count());
    }

    private static IEnumerable<JsonObject> Of(string type) => Objects.Where(o => (string)o["type"]! == type);

    private static JsonObject Inner(JsonNode? text) => JsonNode.Parse((string)text!)!.AsObject();

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Members(p.Value).Prepend(p)),
        JsonArray a => a.SelectMany(Members),
        _ => [],
    };
}
