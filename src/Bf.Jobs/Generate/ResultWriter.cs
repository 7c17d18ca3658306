using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>Puts the rows of a run's universes into the tables of results, one commit a table: behind what is there, or in place of it.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="works">The universes that were computed.</param>
/// <param name="run">The run's name.</param>
/// <param name="before">Returns once a commit may be made.</param>
internal sealed class ResultWriter(GenerateRequest request, IReadOnlyList<UniverseWork> works, string run, Action before)
{
    private const string Name = "new_rows";

    /// <summary>What is the same in every row: it is added when the file is written, which is quicker than a copy for each row.</summary>
    private readonly Dictionary<string, string> _constant = new(StringComparer.Ordinal)
    {
        ["interval"] = request.Interval.Name, ["versions"] = Fingerprint.Versions, ["settings"] = request.Settings.Text, ["run"] = run,
    };

    /// <summary>Writes one table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="filled">The columns that have values; others of the table are left out of the file, and read as NULL.</param>
    /// <param name="rows">How a universe's rows are appended.</param>
    public void Write(DeltaTable table, TableSchema filled, Func<ResultRows, Action<DuckAppender>> rows)
    {
        using var connection = DuckDatabase.Connect();
        var staged = filled with { Columns = Array.FindAll(filled.Columns, c => !_constant.ContainsKey(c.Name)) };
        connection.Execute($"DROP TABLE IF EXISTS {Name}; {staged.CreateTemporary(Name)}");
        using (var appender = connection.Append(Name, [.. staged.Columns.Select(c => c.DuckType)]))
        {
            foreach (var work in works.OrderBy(w => w.Universe.Name, StringComparer.Ordinal))
            {
                rows(new ResultRows(work.Results(), request.Settings))(appender);
            }

            appender.Complete();
        }

        var columns = filled.Columns.Select(c => _constant.TryGetValue(c.Name, out var value) ? $"{DuckConnection.Quote(value)} AS {DuckConnection.Name(c.Name)}" : DuckConnection.Name(c.Name));
        ResultCommit.Write(table, connection, $"(SELECT {string.Join(", ", columns)} FROM {Name})", Replaced(), Txns(), Stands, before);
    }

    private List<Txn> Txns()
    {
        List<Txn> txns = [];
        foreach (var work in works)
        {
            txns.AddRange(Progress.ToTxns(request.Interval, work.Universe.Name, work.To.BarsVersion!.Value, work.To.Fingerprint!.Value));
        }

        return txns;
    }

    /// <summary>How a table stands to what the appended rows go on from.</summary>
    private Standing Stands(Snapshot table)
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
    private Replaced? Replaced()
    {
        List<string> universes = [];
        foreach (var work in works)
        {
            if (work.From is null)
            {
                universes.Add(work.Universe.Name);
            }
        }

        return universes.Count == 0 ? null : new Replaced(Condition(universes), file => IsWholly(file, universes));
    }

    private string Condition(List<string> universes)
    {
        var condition = $"universe IN ({string.Join(", ", universes.Select(DuckConnection.Quote))}) AND interval = '{request.Interval}'";
        condition += request.From is { } first ? $" AND ts >= make_timestamptz({first})" : "";
        return condition + (request.To is { } last ? $" AND ts <= make_timestamptz({last})" : "");
    }

    /// <summary>Whether a file holds nothing but rows that are replaced.</summary>
    private bool IsWholly(AddFile file, List<string> universes)
    {
        var statistics = FileStatistics.Of(file);
        return statistics.MinText("universe") is { } only && statistics.MaxText("universe") == only && universes.Contains(only)
            && statistics.MinText("interval") == request.Interval.Name && statistics.MaxText("interval") == request.Interval.Name
            && (request.From is null || statistics.MinTime("ts") >= request.From) && (request.To is null || statistics.MaxTime("ts") <= request.To);
    }
}
