namespace Bf.Jobs.Infra.Kibana;

/// <summary>The data views: one for each alias that bf writes, with its time.</summary>
internal static class KibanaViews
{
    private static readonly string[] Aliases = ["breadth", "signals", "thrusts", "backtests", "runs", "pipeline"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SavedObject> All { get; } = [.. Aliases.Select(a => new SavedObject("index-pattern", IdOf(a), new() { ["title"] = a, ["name"] = $"BreadthFlow: {a}", ["timeFieldName"] = "ts" }))];

    /// <summary>The identity of an alias's view.</summary>
    public static string IdOf(string alias) => $"bf-{alias}";
}
