using System.Text.Json.Nodes;
using Bf.Jobs.Search.Bulk;
using Bf.Jobs.Search.Documents;

namespace Bf.Jobs.Search;

/// <summary>An index of documents, as much of it as is used here. Queries are in Elasticsearch's query DSL. Calls may come from several threads.</summary>
internal interface ISearchIndex : IDisposable
{
    /// <summary>Where it is, for messages.</summary>
    string Place { get; }

    /// <summary>Sees to it that documents of a table are kept as the table says, behind an alias of its name; nothing is done where all is so already.</summary>
    /// <exception cref="JobException">Something of another's stands in the way.</exception>
    /// <exception cref="ServiceDownException">It can't be reached.</exception>
    void Prepare(SearchTable table);

    /// <summary>Puts and deletes documents, in their order.</summary>
    /// <returns>What became of each, or of the whole request; where nobody answers, what was sent may have been done or not.</returns>
    /// <exception cref="JobException">It refuses to be written to.</exception>
    BulkAnswer Bulk(IReadOnlyList<SearchDocument> documents, CancellationToken cancel);

    /// <summary>Asks for documents.</summary>
    /// <param name="alias">Where.</param>
    /// <param name="request">The request's body.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The hits; null where there is no such alias.</returns>
    /// <exception cref="JobException">The request is refused.</exception>
    /// <exception cref="ServiceDownException">It can't be reached.</exception>
    SearchHits? Search(string alias, JsonObject request, CancellationToken cancel = default);

    /// <summary>Counts documents; 0 where there is no such alias.</summary>
    /// <inheritdoc cref="Search"/>
    long Count(string alias, JsonObject query, CancellationToken cancel = default);

    /// <summary>Makes searches find everything that was put before.</summary>
    /// <exception cref="ServiceDownException">It can't be reached.</exception>
    void Refresh(string alias, CancellationToken cancel = default);
}
