namespace Bf.Jobs.Search.Query;

/// <summary>A part of a query.</summary>
internal abstract record QueryNode;

/// <summary>All parts hold; any document where there is none.</summary>
internal sealed record AndNode(IReadOnlyList<QueryNode> Parts) : QueryNode;

/// <summary>One of the parts holds.</summary>
internal sealed record OrNode(IReadOnlyList<QueryNode> Parts) : QueryNode;

/// <summary>The part does not hold.</summary>
internal sealed record NotNode(QueryNode Part) : QueryNode;

/// <summary>A word of a query.</summary>
/// <param name="Text">The word; where it is not quoted, * and ? stand for other letters.</param>
/// <param name="At">Where it stands.</param>
/// <param name="Quoted">Whether it means just what it says.</param>
internal sealed record QueryWord(string Text, int At, bool Quoted)
{
    /// <summary>Whether letters are left open.</summary>
    public bool IsPattern => !Quoted && Text.AsSpan().ContainsAny('*', '?');
}

/// <summary>A condition as it was written: what it means depends on the field's type.</summary>
/// <param name="Field">The field; null for a word that stands alone.</param>
/// <param name="Low">From where on; null where that is open.</param>
/// <param name="High">Up to where; null where that is open.</param>
/// <param name="WithLow">Whether the lower end is among it.</param>
/// <param name="WithHigh">Whether the upper end is among it.</param>
internal sealed record Clause(QueryWord? Field, QueryWord? Low, QueryWord? High, bool WithLow, bool WithHigh) : QueryNode
{
    /// <summary>The value, where one and not a range was written.</summary>
    public QueryWord? Only => Low is not null && ReferenceEquals(Low, High) ? Low : null;
}

/// <summary>One of some fields is a text, no matter the case of its letters.</summary>
/// <param name="Fields">The fields.</param>
/// <param name="Text">The text, or a pattern.</param>
/// <param name="IsPattern">Whether * stands for any letters, and ? for one.</param>
internal sealed record TextIs(IReadOnlyList<string> Fields, string Text, bool IsPattern) : QueryNode;

/// <summary>A field has a value.</summary>
internal sealed record IsThere(string Field) : QueryNode;

/// <summary>A whole number lies between two, both among it; null where an end is open.</summary>
internal sealed record WholeBetween(string Field, long? Low, long? High) : QueryNode;

/// <summary>A number lies between two; null where an end is open.</summary>
internal sealed record RealBetween(string Field, double? Low, double? High, bool WithLow, bool WithHigh) : QueryNode;

/// <summary>A time lies at or after one, and before another, microseconds since 1970-01-01 UTC; null where an end is open.</summary>
internal sealed record TimeBetween(string Field, long? From, long? Before) : QueryNode;
