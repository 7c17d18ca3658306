using Bf.Core.Market;

namespace Bf.Sources.Fetch;

/// <summary>A source's entry in the catalogue: help, errors and docs are made from it.</summary>
/// <param name="Name">What <c>--source</c> calls it; stands in the column <c>source</c> of its bars.</param>
/// <param name="About">What it is, in a line.</param>
/// <param name="Needs">What it needs: network, a key, files.</param>
/// <param name="Make">Makes the source.</param>
public sealed record SourceInfo(string Name, string About, string Needs, Func<SourceContext, IBarSource> Make)
{
    /// <summary>The lengths of bars that it has; empty for all.</summary>
    public IReadOnlyList<string> Intervals { get; init; } = [];

    /// <summary>Options of the command line that only this source takes.</summary>
    public IReadOnlyList<SourceOption> Options { get; init; } = [];

    /// <summary>The setting that holds its address, which <c>--source-url</c> overrides; null for a source without one.</summary>
    public string? UrlSetting { get; init; }

    /// <summary>Further settings that it reads, such as a key: what stands in neither list does not reach a cluster.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Whether it brings its own symbols.</summary>
    public bool OwnSymbols { get; init; }

    /// <summary>Whether it has bars of a length.</summary>
    public bool Has(Interval interval) => Intervals.Count == 0 || Intervals.Contains(interval.Name);
}

/// <summary>An option that one source takes.</summary>
/// <param name="Name">The option, as in <c>--from</c>.</param>
/// <param name="Value">What its value is called in the help.</param>
/// <param name="About">What it does.</param>
public sealed record SourceOption(string Name, string Value, string About);
