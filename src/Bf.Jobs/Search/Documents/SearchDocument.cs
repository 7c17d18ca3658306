namespace Bf.Jobs.Search.Documents;

/// <summary>What is to become of one document: it is put in place of what has its id, or deleted.</summary>
/// <param name="Index">The index that it lies in.</param>
/// <param name="Id">Its id there.</param>
/// <param name="Json">The document, as UTF-8 in one line; null where it is to go.</param>
internal sealed record SearchDocument(string Index, string Id, byte[]? Json);
