using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Query;
using Bf.Jobs.Search.Query;

namespace Bf.Jobs.Search;

/// <summary>The columns of what a search found: those that the table has in any case, then those beyond them that have values.</summary>
internal static class SearchColumns
{
    /// <summary>Makes a result of rows.</summary>
    /// <param name="query">The query.</param>
    /// <param name="engine">What was asked.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="total">How many rows there are in all.</param>
    /// <param name="rows">The rows, by column.</param>
    /// <param name="kinds">What a column that is none of the table's own holds.</param>
    public static SearchResult Result(SearchQuery query, string engine, string place, long total, IReadOnlyList<Dictionary<string, string>> rows, Func<string, CellKind> kinds)
    {
        List<string> names = [.. query.Schema.Columns.Select(c => c.Name)];
        names.AddRange(rows.SelectMany(r => r.Keys).Distinct().Except(names).Order(StringComparer.Ordinal));
        return new(engine, place, query.Table, total, names, names.ConvertAll(n => KindOf(query, n) ?? kinds(n)), [.. rows.Select(r => names.ConvertAll(n => r.GetValueOrDefault(n)).ToArray())]);
    }

    private static CellKind? KindOf(SearchQuery query, string name) => Array.Find(query.Schema.Columns, c => c.Name == name)?.Type switch
    {
        null => null,
        ColumnType.Long or ColumnType.Int or ColumnType.Double => CellKind.Number,
        _ => CellKind.Text,
    };
}
