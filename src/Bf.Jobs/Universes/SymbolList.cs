using Bf.Core.Market;

namespace Bf.Jobs.Universes;

/// <summary>A symbol list: a universe, and one more for each of its groups.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="About">Its first comment: what it is.</param>
/// <param name="Universe">All its symbols.</param>
public sealed record SymbolList(string Name, string Path, string About, Universe Universe)
{
    /// <summary>The date to which it is right, as its comment <c># as of:</c> has it; null when it does not say.</summary>
    public string? AsOf { get; init; }

    /// <summary>Where it comes from, as its comment <c># source:</c> has it; null when it does not say.</summary>
    public string? Source { get; init; }

    /// <summary>Its other comments.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Its groups, by name; none where the file has no column <c>group</c>.</summary>
    public IReadOnlyList<SymbolGroup> Groups { get; init; } = [];

    /// <summary>All its universes: itself, then its groups.</summary>
    public IReadOnlyList<Universe> Family => [Universe, .. Groups.Select(g => g.Universe)];
}

/// <summary>A group of a symbol list.</summary>
/// <param name="Title">Its name as the file has it: <c>Health Care</c>.</param>
/// <param name="Universe">Its symbols, under the name <c>LIST/health_care</c>.</param>
public sealed record SymbolGroup(string Title, Universe Universe);
