using Bf.Jobs.Query;

namespace Bf.Jobs.Search;

/// <summary>Rows that were found.</summary>
/// <param name="Engine">What was asked: <c>elasticsearch</c> or <c>lake</c>.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Table">The table.</param>
/// <param name="Total">How many rows there are in all.</param>
/// <param name="Columns">The table's columns.</param>
/// <param name="Kinds">What they hold.</param>
/// <param name="Rows">The rows that were wanted, in order: each value as its exact text, null where it is NULL.</param>
public sealed record SearchResult(
    string Engine, string Place, string Table, long Total, IReadOnlyList<string> Columns, IReadOnlyList<CellKind> Kinds, IReadOnlyList<string?[]> Rows);
