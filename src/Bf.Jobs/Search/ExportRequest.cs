using Bf.Core.Market;

namespace Bf.Jobs.Search;

/// <summary>Which rows are sent to an index.</summary>
/// <param name="Universes">The universes.</param>
/// <param name="Interval">The bars' length.</param>
/// <param name="Tables">The tables' names; empty for all that can be sent.</param>
/// <param name="From">The first time, microseconds since 1970-01-01 UTC; null for the first there is.</param>
/// <param name="To">The last; null for the last there is.</param>
/// <param name="Patience">How long to go on trying while the index takes nothing.</param>
public sealed record ExportRequest(IReadOnlyList<Universe> Universes, Interval Interval, IReadOnlyList<string> Tables, long? From, long? To, TimeSpan Patience)
{
    /// <summary>The tables that can be sent.</summary>
    public static IReadOnlyList<string> AllTables { get; } = ["breadth", "signals", "thrusts", "backtests", "runs"];

    /// <summary>Whether a table is to be sent.</summary>
    public bool Wants(string table) => Tables.Count == 0 || Tables.Contains(table);
}

/// <summary>What was sent.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Place">Where to.</param>
/// <param name="Tables">What became of each table.</param>
/// <param name="Rejected">Documents that the index did not take; they stand in quarantine.</param>
/// <param name="Timings">Milliseconds by stage.</param>
public sealed record ExportResult(string Run, string Place, IReadOnlyList<ExportedTable> Tables, long Rejected, IReadOnlyDictionary<string, double> Timings)
{
    /// <summary>The documents sent.</summary>
    public long Rows => Tables.Sum(t => t.Rows);

    /// <summary>Documents a second, from the first that was read to the last that arrived.</summary>
    public double Rate => Timings.TryGetValue("send_ms", out var time) && time > 0 ? Rows / time * 1000 : 0;
}

/// <summary>What became of a table.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">The rows sent.</param>
/// <param name="Deleted">The documents that were deleted because the table has no such row any more.</param>
public sealed record ExportedTable(string Table, long Rows, long Deleted);
