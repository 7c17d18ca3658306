using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Runs;

namespace Bf.Jobs.Maintenance;

/// <summary>
/// <c>bf table check --repair</c>: puts right what loses nothing (checkpoints, files whose rows are computed anew) and, only when told to,
/// takes files out whose rows are lost.
/// </summary>
public static class TableRepair
{
    /// <summary>Checks tables and repairs what can be.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="tables">Their names; all when there are none.</param>
    /// <param name="dropLost">Whether to take out files too whose rows can't be computed.</param>
    /// <param name="arguments">The command line, for the table <c>runs</c>.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>The run, the tables as they are afterwards, and what was repaired.</returns>
    /// <exception cref="JobException">There is no such table.</exception>
    public static (string Run, IReadOnlyList<CheckedTable> Tables, IReadOnlyList<Finding> Repaired) Run(
        DataLake lake, IReadOnlyList<string> tables, bool dropLost, string arguments, CancellationToken cancel = default)
    {
        var names = LakeTables.Choose(lake, tables);
        return JobRun.Do(lake, "table check", arguments, run =>
        {
            var repaired = new List<Finding>();
            foreach (var name in names)
            {
                var (result, log, broken) = TableCheck.Check(run.Lake, name, cancel);
                var chosen = result.Findings.Where(f => f.Repair is Repair.Checkpoint or Repair.Recompute || (dropLost && f.Repair is Repair.Drop)).ToList();
                if (chosen.Exists(f => f.Repair is Repair.Checkpoint) && log.Replayed is { Exists: true } whole)
                {
                    RenewCheckpoint(run.Lake, name, whole, log.BrokenCheckpoints);
                    repaired.AddRange(chosen.Where(f => f.Repair is Repair.Checkpoint));
                }

                if (chosen.Exists(f => f.Repair is not Repair.Checkpoint))
                {
                    TakeOut(run.Lake, name, broken);
                    repaired.AddRange(chosen.Where(f => f.Repair is not Repair.Checkpoint));
                }
            }

            run.End(repaired.Count);
            return (run.Id, TableCheck.Run(lake, names, cancel), repaired);
        });
    }

    /// <summary>A checkpoint of what the entries say, in place of broken ones; none, where ours could not say it all.</summary>
    private static void RenewCheckpoint(DataLake lake, string name, Snapshot whole, List<string> broken)
    {
        foreach (var file in broken)
        {
            lake.Store.Delete(file);
        }

        if (Features.AreKept(whole))
        {
            Checkpoint.Write(lake.Store, name, whole, lake.Clock.GetUtcNow());
        }
        else
        {
            // ours would forget what we don't write, as which rows are deleted: the entries alone say it all, and the table's own engine makes the next one
            lake.Store.Delete($"{name}/_delta_log/_last_checkpoint");
        }
    }

    private static void TakeOut(DataLake lake, string name, List<AddFile> broken)
    {
        LakeTables.Open(lake, name).Update(snapshot =>
        {
            var gone = broken.Where(f => snapshot.Has(f)).ToList();
            if (gone.Count == 0)
            {
                return null;
            }

            var change = new Change("FSCK");
            change.Remove.AddRange(gone);
            // results that lost rows must not be taken for complete
            change.Txns.AddRange(snapshot.Txns.Select(t => t with { Version = -1 }));
            return change;
        });
    }
}
