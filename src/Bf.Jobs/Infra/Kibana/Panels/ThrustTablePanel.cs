namespace Bf.Jobs.Infra.Kibana.Panels;

/// <summary>The latest thrusts as a table.</summary>
internal static class ThrustTablePanel
{
    private const int Rows = 14;

    // of several universes one is shown: enough that its latest are among them
    private const int Asked = 1000;

    private static readonly TableColumn[] Columns =
    [
        new("date", "datum.date", 0.01),
        new("thrust", "datum.label", 0.2),
        new("value", PanelTip.Number("datum.s.value", ".4~r"), 0.74, Right: true),
        new("had to exceed", PanelTip.Number("datum.s.threshold", ".4~r"), 0.88, Right: true),
        new("since low", "isValid(datum.s.days_since_low) ? datum.s.days_since_low : ''", 0.99, Right: true),
    ];

    public static KibanaPanel Make()
    {
        var transform = ThrustHits.Transform();
        foreach (var step in PanelSpec.List("""[{"window": [{"op": "row_number", "as": "place"}], "sort": [{"field": "t", "order": "descending"}, {"field": "detector", "order": "ascending"}]}, {"calculate": "datum.place - 1", "as": "row"}]"""))
        {
            transform.Add(step!.DeepClone());
        }

        return new(
            "thrust-table", "Thrusts: the latest", "The latest fires of the detectors, with the value that was watched and what it had to exceed.", KibanaPanel.HalfWidth, 15,
            PanelSpec.Of("Table of the latest breadth thrusts.", "thrusts table", ThrustHits.Query(Asked), ThrustHits.Found, ThrustHits.Nothing, transform, TablePicture.Layers(Rows, Columns, ThrustHits.Tips), top: 2));
    }
}
