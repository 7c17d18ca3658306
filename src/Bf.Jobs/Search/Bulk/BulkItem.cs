using Bf.Jobs.Search.Documents;

namespace Bf.Jobs.Search.Bulk;

/// <summary>A document on its way.</summary>
/// <param name="document">The document.</param>
/// <param name="size">About how many bytes it takes in a request.</param>
internal sealed class BulkItem(SearchDocument document, int size)
{
    public SearchDocument Document => document;

    public int Size => size;

    /// <summary>The span that put it; null while nobody listens.</summary>
    public string? Origin { get; init; }

    /// <summary>When the first news came of what it says, as the clock's timestamp; 0 where that is not known.</summary>
    public long Since { get; init; }

    /// <summary>What two writes to one document have in common.</summary>
    public string Key { get; } = $"{document.Index}/{document.Id}";

    /// <summary>Its place in the order in which documents were put; of a write that took the place of another, that one's.</summary>
    public long Number { get; set; }

    /// <summary>When it was sent back for the first time; null when it was not.</summary>
    public long? SentBack { get; set; }
}
