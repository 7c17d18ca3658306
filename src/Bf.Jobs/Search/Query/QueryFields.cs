using Bf.Core.Breadth;
using Bf.Core.Breadth.Further;
using Bf.Core.Signals;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Search.Query;

/// <summary>The fields that queries may name, and which table they are of.</summary>
internal static class QueryFields
{
    /// <summary>The tables that are searched, the one that is meant where nothing says which first.</summary>
    public static readonly TableSchema[] Searched = [Tables.Signals, Tables.Thrusts, Tables.Breadth];

    private static readonly string[] Words = ["detector", "state", "universe"];

    /// <summary>The fields of a table that a word without a field is looked for in.</summary>
    public static IReadOnlyList<string> WordsOf(TableSchema table) => Array.FindAll(Words, w => Array.Exists(table.Columns, c => c.Name == w));

    /// <summary>A field of a table; null where it has none of the name. An indicator of any length is one of breadth's.</summary>
    public static Column? Find(TableSchema table, string name) =>
        Array.Find(table.Columns, c => c.Name == name) ?? (table.Name == Tables.Breadth.Name ? OnDemand(name) : null);

    /// <summary>The table that a query is about.</summary>
    /// <param name="query">The query.</param>
    /// <param name="clauses">Its conditions.</param>
    /// <param name="more">Further fields that are asked for.</param>
    /// <exception cref="FormatException">There is no such field, or the fields are of several tables.</exception>
    public static TableSchema TableOf(QueryText query, IReadOnlyList<Clause> clauses, IReadOnlyList<string> more)
    {
        var fields = clauses.Where(c => c.Field is not null).Select(c => c.Field!).ToList();
        fields.ForEach(f => Check(query, f));
        var open = Array.FindAll(Searched, t => more.All(m => Find(t, m) is not null));
        foreach (var field in fields)
        {
            var left = Array.FindAll(open, t => Find(t, field.Text.ToLowerInvariant()) is not null);
            open = left.Length > 0 ? left
                : throw query.Error(field.At, $"{field.Text} is of {TablesOf(field.Text)}, what stands before it is of {string.Join(" or ", open.Select(t => t.Name))}: a search asks one table (bf query joins several)");
        }

        var words = clauses.Where(c => c.Field is null).Select(c => c.Low!).ToList();
        return words.Exists(NamesDetector) && Array.Find(open, t => t == Tables.Thrusts) is { } thrusts ? thrusts : open[0];
    }

    /// <summary>Sees to it that a field is one of a table.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static Column Find(QueryText query, TableSchema table, QueryWord field)
    {
        Check(query, field);
        return Find(table, field.Text.ToLowerInvariant()) ?? throw query.Error(field.At, $"{table.Name} has no field {field.Text}: it is of {TablesOf(field.Text)}");
    }

    /// <summary>A sentence on a field that there is not.</summary>
    public static string Unknown(string name)
    {
        var near = NearNames.Of(name.ToLowerInvariant(), Searched.SelectMany(t => t.Columns).Select(c => c.Name).Distinct());
        return $"no field '{name}'. {(near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : "There are score, state, detector, value, universe, ts, and all of: bf signals indicators")}";
    }

    private static void Check(QueryText query, QueryWord field)
    {
        var name = field.Text.ToLowerInvariant();
        var column = Searched.Select(t => Find(t, name)).FirstOrDefault(c => c is not null) ?? throw query.Error(field.At, Unknown(field.Text));
        if (Documents.SearchTable.IsOpaque(column))
        {
            throw query.Error(field.At, $"{name} is kept with each document, but not searched; see it with --json");
        }
    }

    private static bool NamesDetector(QueryWord word) => word.IsPattern
        ? word.Text.AsSpan().ContainsAnyExcept('*', '?') && Detectors.All.Any(d => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(word.Text, d.Name))
        : Detectors.Find(word.Text) is not null;

    private static string TablesOf(string name) => string.Join(" and ", Searched.Where(t => Find(t, name.ToLowerInvariant()) is not null).Select(t => t.Name));

    private static Column? OnDemand(string name)
    {
        try
        {
            return FurtherIndicators.Find(name)?.Columns.FirstOrDefault(c => c.Name == name) is { } column
                ? new(name, column.Kind == ColumnKind.Integer ? ColumnType.Long : ColumnType.Double) : null;
        }
        catch (ArgumentException)
        {
            return null; // of a length that there is not
        }
    }
}
