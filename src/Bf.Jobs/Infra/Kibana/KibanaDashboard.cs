using System.Text.Json.Nodes;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>The dashboard: panels from left to right, then below, each at the height of its row.</summary>
internal static class KibanaDashboard
{
    // the bundled sample and most histories lie within it; a shorter range is two clicks away
    private const string From = "now-10y", To = "now";
    private const int RefreshMilliseconds = 60_000;

    /// <summary>The dashboard with these panels.</summary>
    public static SavedObject Of(IReadOnlyList<KibanaPanel> panels)
    {
        var placed = new JsonArray();
        var references = new List<SavedReference>();
        var (x, y) = (0, 0);
        foreach (var panel in panels)
        {
            placed.Add(Panel(panel, x, y));
            references.Add(new($"{panel.Name}:panel_{panel.Name}", "visualization", KibanaObjects.IdOf(panel)));
            x += panel.Width;
            if (x == KibanaPanel.WholeWidth)
            {
                (x, y) = (0, y + panel.Height);
            }
        }

        return new("dashboard", KibanaObjects.Dashboard, new()
        {
            ["title"] = "Breadth and thrust",
            ["description"] = "How many stocks take part: score, thrusts, breadth, the latest backtest and the pipeline. Made by bf; another universe: write universe : dow30 into the query.",
            ["timeRestore"] = true,
            ["timeFrom"] = From,
            ["timeTo"] = To,
            ["refreshInterval"] = new JsonObject { ["pause"] = true, ["value"] = RefreshMilliseconds },
            ["panelsJSON"] = KibanaObjects.Inner(placed),
            ["optionsJSON"] = KibanaObjects.Inner(new JsonObject
            {
                ["useMargins"] = true, ["syncColors"] = false, ["syncCursor"] = true, ["syncTooltips"] = false, ["hidePanelTitles"] = false,
            }),
            ["kibanaSavedObjectMeta"] = KibanaObjects.AllOfIt(),
        }, [.. references]);
    }

    private static JsonObject Panel(KibanaPanel panel, int x, int y) => new()
    {
        ["type"] = "visualization",
        ["panelIndex"] = panel.Name,
        ["title"] = panel.Title,
        ["gridData"] = new JsonObject { ["x"] = x, ["y"] = y, ["w"] = panel.Width, ["h"] = panel.Height, ["i"] = panel.Name },
        ["embeddableConfig"] = new JsonObject(),
        ["panelRefName"] = $"panel_{panel.Name}",
    };
}
