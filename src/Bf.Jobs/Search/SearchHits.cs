using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bf.Jobs.Search;

/// <summary>Documents that were found.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="Hits">Those that were asked for, in order.</param>
internal sealed record SearchHits(long Total, IReadOnlyList<SearchHit> Hits);

/// <summary>A document that was found.</summary>
/// <param name="Index">Where it lies.</param>
/// <param name="Id">Its id.</param>
/// <param name="Source">The document, as it was put.</param>
/// <param name="Sort">By what it stands where it stands; null where no order was asked for.</param>
internal sealed record SearchHit(string Index, string Id, JsonElement Source, JsonNode? Sort);
