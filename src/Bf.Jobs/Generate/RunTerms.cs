using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Generate;

/// <summary>On what terms a run commits the universes that it computed: what each goes on from, what it replaces, and how far it has come then.</summary>
internal static class RunTerms
{
    /// <summary>The terms.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="works">The universes that were computed.</param>
    /// <param name="before">Returns once a commit may be made.</param>
    public static CommitTerms Of(GenerateRequest request, IReadOnlyList<UniverseWork> works, Action before) =>
        new(ReplacedBy(request, works), TxnsOf(request, works), snapshot => Stands(request, works, snapshot), before);

    private static List<Txn> TxnsOf(GenerateRequest request, IReadOnlyList<UniverseWork> works)
    {
        List<Txn> txns = [];
        foreach (var work in works)
        {
            txns.AddRange(Progress.ToTxns(request.Interval, work.Universe.Name, work.To.BarsVersion!.Value, work.To.Fingerprint!.Value));
        }

        return txns;
    }

    /// <summary>How a table stands to what the appended rows go on from.</summary>
    private static Standing Stands(GenerateRequest request, IReadOnlyList<UniverseWork> works, Snapshot table)
    {
        var (there, done) = (true, true);
        foreach (var work in works)
        {
            var now = Progress.In(table, request.Interval, work.Universe.Name);
            there &= work.From is null || now == work.From;
            done &= now == work.To && work.From is not null;
        }

        return done ? Standing.Done : there ? Standing.Before : Standing.Elsewhere;
    }

    /// <summary>The rows that are replaced; null where all universes append.</summary>
    private static Replaced? ReplacedBy(GenerateRequest request, IReadOnlyList<UniverseWork> works)
    {
        List<string> universes = [];
        foreach (var work in works)
        {
            if (work.From is null)
            {
                universes.Add(work.Universe.Name);
            }
        }

        return universes.Count == 0 ? null : Replaced.Results(universes, request.Interval, request.From, request.To);
    }
}
