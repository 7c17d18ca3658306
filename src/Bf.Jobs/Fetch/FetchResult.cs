namespace Bf.Jobs.Fetch;

/// <summary>What became of a symbol.</summary>
public enum FetchState
{
    /// <summary>The source answered.</summary>
    Fetched,
    /// <summary>Nothing was missing, so the source was not asked.</summary>
    Complete,
    /// <summary>The source gave nothing; the reason says why.</summary>
    Failed,
    /// <summary>The fetch ended before, since the source refuses or does not answer; the reason says why.</summary>
    NotAsked,
}

/// <summary>What a fetch did for a symbol.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="State">What became of it.</param>
public sealed record SymbolFetch(string Symbol, FetchState State)
{
    /// <summary>Bars that are new.</summary>
    public long Added { get; init; }

    /// <summary>Bars that replaced others.</summary>
    public long Changed { get; init; }

    /// <summary>Places without a price.</summary>
    public int Gaps { get; init; }

    /// <summary>Bars left out because their session had not ended.</summary>
    public int Unfinished { get; init; }

    /// <summary>Rows that broke a rule.</summary>
    public long Quarantined { get; init; }

    /// <summary>Whether the past had changed, so that the whole history was asked for anew.</summary>
    public bool Readjusted { get; init; }

    /// <summary>Why it failed, or what else there is to know; null when there is nothing.</summary>
    public string? Reason { get; init; }
}

/// <summary>What a fetch did.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Symbols">Each symbol, in the order asked.</param>
/// <param name="Quarantined">Rows that broke a rule, by rule.</param>
/// <param name="Version">The version of the table of bars afterwards; -1 while it does not exist.</param>
/// <param name="Timings">Milliseconds by stage; <c>read_ms</c> includes waiting for the source.</param>
public sealed record FetchResult(
    string Run, IReadOnlyList<SymbolFetch> Symbols, IReadOnlyDictionary<string, long> Quarantined, long Version, IReadOnlyDictionary<string, double> Timings)
{
    /// <summary>Bars that are new.</summary>
    public long Added => Symbols.Sum(s => s.Added);

    /// <summary>Bars that replaced others.</summary>
    public long Changed => Symbols.Sum(s => s.Changed);

    /// <summary>Symbols in a state.</summary>
    public IReadOnlyList<SymbolFetch> In(FetchState state) => [.. Symbols.Where(s => s.State == state)];
}
