using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Search.Bulk;
using Bf.Jobs.Search.Documents;

namespace Bf.Jobs.Search;

/// <summary>A table of the lake as it is sent to an index.</summary>
/// <param name="Table">The table, with all the columns that the lake's has.</param>
/// <param name="Relation">Its rows in SQL.</param>
/// <param name="Version">Its version.</param>
internal sealed record SearchSource(SearchTable Table, string Relation, long Version)
{
    private const int Together = 500;

    /// <summary>The table as it stands in a lake.</summary>
    public static SearchSource Of(DataLake lake, SearchTable table)
    {
        var delta = lake.Table(table.Schema);
        var snapshot = delta.Load();
        var rows = delta.Whole(snapshot);
        return new(table with { Schema = table.Schema.Whole(snapshot) }, table.Moment is { } moment ? $"(SELECT * REPLACE ({moment} AS ts) FROM {rows})" : rows, snapshot.Version);
    }

    /// <summary>Sends rows, and waits until they have arrived.</summary>
    /// <param name="writer">Takes the documents.</param>
    /// <param name="where">Which rows, in SQL.</param>
    /// <param name="progress">Is told how many were handed on.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The ids of their documents.</returns>
    public HashSet<string> Send(BulkWriter writer, string where, Action<long> progress, CancellationToken cancel)
    {
        var sent = new HashSet<string>(StringComparer.Ordinal);
        using var connection = DuckDatabase.Connect(cancel);
        using var rows = connection.Query($"SELECT {Table.Schema.ColumnList} FROM {Relation} WHERE {where} ORDER BY {string.Join(", ", Table.Schema.Key)}");
        using var documents = new TableDocuments(Table, rows);
        var together = new List<SearchDocument>();
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                var document = documents.Of(i);
                sent.Add(document.Id);
                together.Add(document);
                if (together.Count == Together || i == rows.Rows - 1)
                {
                    writer.Put(together);
                    together.Clear();
                    progress(sent.Count);
                }
            }
        }

        writer.Flush();
        return sent;
    }
}
