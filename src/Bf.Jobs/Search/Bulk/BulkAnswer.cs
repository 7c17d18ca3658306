namespace Bf.Jobs.Search.Bulk;

/// <summary>What became of a request to put documents.</summary>
internal enum BulkOutcome
{
    /// <summary>It was read; each document has an answer of its own.</summary>
    Read,
    /// <summary>Not now: it is to be sent again.</summary>
    Busy,
    /// <summary>Not so: it is too large, or one of its documents can't be read.</summary>
    Refused,
}

/// <summary>The answer to a request to put documents.</summary>
/// <param name="Outcome">What became of the whole.</param>
/// <param name="Items">What became of each document, in their order; empty unless the request was read.</param>
/// <param name="Reason">Why, where it was not read.</param>
internal sealed record BulkAnswer(BulkOutcome Outcome, IReadOnlyList<BulkItemAnswer> Items, string Reason = "");

/// <summary>What became of one document.</summary>
/// <param name="Status">As in HTTP.</param>
/// <param name="Type">The kind of error; null where there is none.</param>
/// <param name="Reason">The error in words; null where there is none.</param>
internal sealed record BulkItemAnswer(int Status, string? Type, string? Reason)
{
    private const int NotFound = 404, Forbidden = 403, TooMany = 429, ServerError = 500;

    /// <summary>A document that was put.</summary>
    public static BulkItemAnswer Done { get; } = new(200, null, null);

    /// <summary>Whether all is as it was asked for; what was to be deleted, and was not there, is.</summary>
    public bool IsDone => Status is >= 200 and < 300 || (Status == NotFound && Type is null or "index_not_found_exception");

    /// <summary>Whether it may work later: too many at once, a shard that is away, an index that may not be written to just now.</summary>
    public bool IsBusy => Status is TooMany or >= ServerError || (Status == Forbidden && Type == "cluster_block_exception");

    /// <summary>Whether it is not about the document: the user may not write to the index.</summary>
    public bool IsForbidden => Status is 401 or Forbidden && Type != "cluster_block_exception";
}
