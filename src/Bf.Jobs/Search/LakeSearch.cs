using System.Globalization;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Query;
using Bf.Jobs.Search.Query;

namespace Bf.Jobs.Search;

/// <summary>Searches the lake's own tables.</summary>
internal static class LakeSearch
{
    /// <summary>The rows that meet a query.</summary>
    public static SearchResult Run(DataLake lake, SearchQuery query, CancellationToken cancel)
    {
        var table = lake.Table(query.Schema);
        var snapshot = table.Load();
        var there = query.Schema.Whole(snapshot).Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var where = new SqlQuery(there).Of(query.Condition);
        if (query.Universes.Count > 0)
        {
            where += $" AND universe IN ({string.Join(", ", query.Universes.Select(DuckConnection.Quote))})";
        }

        var order = query.Order.Where(s => there.Contains(s.Field)).Select(s => $"{DuckConnection.Name(s.Field)} {(s.Descending ? "DESC" : "ASC")} NULLS LAST");
        using var connection = DuckDatabase.Connect(cancel);
        var relation = $"{table.Whole(snapshot)} WHERE {where}";
        var total = connection.Scalar($"SELECT count(*) FROM {relation}");
        using var found = connection.Query($"SELECT * FROM {relation} ORDER BY {string.Join(", ", order)} LIMIT {query.Limit.ToString(CultureInfo.InvariantCulture)}");
        var (cells, rows) = (new CellReader(found), new List<Dictionary<string, string>>());
        while (found.Next())
        {
            for (var i = 0; i < found.Rows; i++)
            {
                var row = new Dictionary<string, string>(StringComparer.Ordinal);
                for (var c = 0; c < found.Names.Length; c++)
                {
                    if (cells.Text(c, i) is { } text)
                    {
                        row[found.Names[c]] = text;
                    }
                }

                rows.Add(row);
            }
        }

        var kinds = found.Names.Zip(cells.Kinds).ToDictionary(k => k.First, k => k.Second, StringComparer.Ordinal);
        return SearchColumns.Result(query, "lake", lake.Root, total, rows, name => kinds[name]);
    }
}
