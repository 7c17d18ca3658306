namespace Bf.Core.Breadth;

/// <summary>The catalogue of the table <c>breadth</c>: every column once, in the table's order.</summary>
public static partial class BreadthColumns
{
    /// <summary>All columns: the counts, the series made from them, and what was added later.</summary>
    public static IReadOnlyList<BreadthColumn> All { get; } = [.. Counts(), .. Series(), .. Further()];

    private static readonly Dictionary<string, BreadthColumn> ByName = All.ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The column of a name, or null; case does not matter.</summary>
    public static BreadthColumn? Find(string name) => ByName.GetValueOrDefault(name);
}
