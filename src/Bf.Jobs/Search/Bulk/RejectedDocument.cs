using System.Text;
using Bf.Jobs.Import;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Search.Documents;

namespace Bf.Jobs.Search.Bulk;

/// <summary>A document that an index does not take, however often it is sent.</summary>
/// <param name="Document">The document.</param>
/// <param name="Reason">Why.</param>
internal sealed record RejectedDocument(SearchDocument Document, string Reason)
{
    /// <summary>The rule under which they stand in the table <c>quarantine</c>.</summary>
    public const string Rule = "rejected_document";

    /// <summary>The document and the reason, as the table has them.</summary>
    public string Raw => $"{(Document.Json is { } json ? Encoding.UTF8.GetString(json) : $"delete {Document.Id}")}\t{Reason}";

    /// <summary>Puts documents into the table <c>quarantine</c>: the file is the index.</summary>
    public static void Commit(DataLake lake, IReadOnlyList<RejectedDocument> documents, string run)
    {
        if (documents.Count == 0)
        {
            return;
        }

        List<string> indices = [.. documents.Select(d => d.Document.Index).Distinct()];
        using var connection = DuckDatabase.Connect();
        connection.Execute("CREATE TEMP TABLE broken (file INTEGER, line BIGINT, rule VARCHAR, raw VARCHAR)");
        using (var rows = connection.Append("broken", Native.TypeId.Integer, Native.TypeId.BigInt, Native.TypeId.Varchar, Native.TypeId.Varchar))
        {
            foreach (var document in documents)
            {
                rows.Set(0, indices.IndexOf(document.Document.Index));
                rows.Set(1, 0L);
                rows.Set(2, Rule);
                rows.Set(3, document.Raw);
                rows.EndRow();
            }

            rows.Complete();
        }

        QuarantineCommit.Run(lake, connection, indices, run, linesMove: true);
    }
}
