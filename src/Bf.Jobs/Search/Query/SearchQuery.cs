using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Search.Query;

/// <summary>What is searched for, understood: the same for Elasticsearch and the lake.</summary>
public sealed class SearchQuery
{
    private SearchQuery(TableSchema table, QueryNode condition, IReadOnlyList<string> universes, IReadOnlyList<SortField> order, int limit, IReadOnlyList<string> named) =>
        (Schema, Condition, Universes, Order, Limit, Named) = (table, condition, universes, order, limit, named);

    /// <summary>The tables that can be searched.</summary>
    public static IReadOnlyList<string> AllTables { get; } = [.. QueryFields.Searched.Select(t => t.Name)];

    /// <summary>The table that is searched.</summary>
    public string Table => Schema.Name;

    /// <summary>The most rows that are wanted.</summary>
    public int Limit { get; }

    /// <summary>The fields that the query and the order name.</summary>
    public IReadOnlyList<string> Named { get; }

    internal TableSchema Schema { get; }

    internal QueryNode Condition { get; }

    /// <summary>The universes that are searched; empty for all.</summary>
    internal IReadOnlyList<string> Universes { get; }

    /// <summary>By what the rows are ordered; the last ones make it the same everywhere.</summary>
    internal IReadOnlyList<SortField> Order { get; }

    /// <summary>Reads a query.</summary>
    /// <param name="text">The query.</param>
    /// <param name="table">The table; null for the one that the fields say.</param>
    /// <param name="universes">The universes' names; empty for all.</param>
    /// <param name="sort">The order, as <c>field:desc</c>; null for the newest first.</param>
    /// <param name="limit">The most rows that are wanted.</param>
    /// <exception cref="FormatException">It can't be read; the message points at the place.</exception>
    public static SearchQuery Parse(string text, string? table, IReadOnlyList<string> universes, string? sort, int limit)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(universes);
        var query = new QueryText(text);
        var node = QueryParser.Parse(query);
        List<Clause> clauses = [.. QueryMeaning.Clauses(node)];
        var by = sort is null ? null : SortField.Parse(sort);
        var schema = table is null ? QueryFields.TableOf(query, clauses, by is null ? [] : [by.Field]) : Array.Find(QueryFields.Searched, t => t.Name == table)
            ?? throw new FormatException($"no table '{table}' to search; there are {string.Join(", ", AllTables)}");
        if (by is not null && QueryFields.Find(schema, by.Field) is null)
        {
            throw new FormatException($"--sort: {schema.Name} has no field {by.Field}");
        }

        var meaning = new QueryMeaning(query, schema).Of(node);
        SortField[] last = [new("ts", true), .. schema.Key.Where(k => k != "ts").Select(k => new SortField(k, false))];
        var named = clauses.Where(c => c.Field is not null).Select(c => c.Field!.Text.ToLowerInvariant()).Append(by?.Field).OfType<string>();
        return new(schema, meaning, universes, [.. new[] { by }.OfType<SortField>().Concat(last).DistinctBy(s => s.Field)], limit, [.. named.Distinct()]);
    }
}

/// <summary>A field that rows are ordered by; rows without it come last.</summary>
/// <param name="Field">The field.</param>
/// <param name="Descending">Whether the largest comes first.</param>
internal sealed record SortField(string Field, bool Descending)
{
    /// <summary>Reads <c>field</c>, <c>field:asc</c> or <c>field:desc</c>.</summary>
    /// <exception cref="FormatException">It is none, or the field is not known.</exception>
    public static SortField Parse(string text)
    {
        var (field, way) = text.Split(':') switch
        {
            [var only] => (only, "asc"),
            [var first, var second] => (first, second),
            _ => (text, ""),
        };
        field = field.Trim().ToLowerInvariant();
        var column = QueryFields.Searched.Select(t => QueryFields.Find(t, field)).FirstOrDefault(c => c is not null) ?? throw new FormatException($"--sort: {QueryFields.Unknown(field)}");
        return way is not ("asc" or "desc") ? throw new FormatException($"--sort: '{text}' is not FIELD, FIELD:asc or FIELD:desc")
            : Documents.SearchTable.IsOpaque(column) ? throw new FormatException($"--sort: {field} is kept with each document, but not sorted by")
            : new(field, way == "desc");
    }
}
