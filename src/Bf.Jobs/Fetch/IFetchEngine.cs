namespace Bf.Jobs.Fetch;

/// <summary>What asks a source: this process, or a cluster.</summary>
internal interface IFetchEngine
{
    /// <summary>Asks for all symbols; gives what came of each, in any order. Those that are missing at the end were complete, or the work was cancelled.</summary>
    IEnumerable<Fetched> Fetch(IReadOnlyList<SymbolPlan> plans, CancellationToken cancel);
}
