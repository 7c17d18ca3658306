using Bf.Jobs.Lake;
using Bf.Jobs.Maintenance;

namespace Bf.Jobs.Transfer;

/// <summary>What a copy did to one table.</summary>
/// <param name="Table">Its name.</param>
/// <param name="From">The target's version before; -1 for none.</param>
/// <param name="To">The target's version afterwards.</param>
/// <param name="Files">Data files copied.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Skipped">Data files that lay there already, with the same content.</param>
/// <param name="Gone">Data files of older versions that the source no longer has.</param>
/// <param name="Ahead">Versions that the target has beyond the source; then nothing was copied.</param>
public sealed record CopiedTable(string Table, long From, long To, int Files, long Bytes, int Skipped, int Gone, long Ahead);

/// <summary>
/// <c>bf data push</c> and <c>pull</c>: tables from one lake into another, version by version, so that both are the same Delta tables with one history.
/// Data files come before the log entries that name them, and entries in order: who reads meanwhile sees a whole older version. What was interrupted goes on where it was.
/// </summary>
public static class LakeCopy
{
    /// <summary>Copies.</summary>
    /// <param name="from">The lake that is read.</param>
    /// <param name="to">The lake that is written.</param>
    /// <param name="tables">Names of tables; all when there are none.</param>
    /// <param name="progress">Is told the table and how many of its files are done of how many.</param>
    /// <param name="cancel">Ends the work; what was copied stays.</param>
    /// <exception cref="JobException">There is no such table, or the target's went another way: then nothing of any table was copied.</exception>
    public static IReadOnlyList<CopiedTable> Run(DataLake from, DataLake to, IReadOnlyList<string> tables, Action<string, int, int>? progress = null, CancellationToken cancel = default)
    {
        if (from.Root == to.Root)
        {
            throw new JobException($"{from.Root} can't be copied into itself");
        }

        var copies = LakeTables.Choose(from, tables).Select(name => new TableCopy(from, to, name)).ToList();
        copies.ForEach(c => c.Check()); // all are looked at before the first is changed
        return [.. copies.Select(c => c.Run((done, all) => progress?.Invoke(c.Name, done, all), cancel))];
    }
}
