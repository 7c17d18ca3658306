using Bf.Jobs.Search;
using Bf.Jobs.Search.Documents;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>The data views: one for each alias that bf writes, with its time.</summary>
internal static class KibanaViews
{
    private static readonly string[] Aliases = [.. ExportRequest.AllTables, SearchTable.Pipeline.Alias];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SavedObject> All { get; } = [.. Aliases.Select(a => new SavedObject("index-pattern", IdOf(a), new() { ["title"] = a, ["name"] = $"BreadthFlow: {a}", ["timeFieldName"] = "ts" }))];

    /// <summary>The identity of an alias's view.</summary>
    public static string IdOf(string alias) => $"bf-{alias}";
}
