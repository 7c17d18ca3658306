using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>Puts the rows of one universe into the tables of results: behind what is there, or in place of it.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="from">What the stored rows were made from, when they stay; null when they are replaced.</param>
/// <param name="to">What the rows are made from.</param>
/// <param name="chosen">Which dates are written.</param>
internal sealed class ResultWriter(GenerateRequest request, Progress? from, Progress to, Func<long, bool> chosen)
{
    /// <summary>Writes one table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">Fills a temporary table of the given name.</param>
    public void Write(DeltaTable table, Action<DuckConnection, string, Func<long, bool>> rows)
    {
        const string Name = "new_rows";
        using var connection = DuckDatabase.Connect();
        rows(connection, Name, chosen);
        var txns = Progress.ToTxns(request.Interval, request.Universe.Name, to.BarsVersion!.Value, to.Fingerprint!.Value);
        if (from is not null)
        {
            ResultCommit.Append(table, connection, Name, s => Progress.In(s, request.Interval, request.Universe.Name), from, to, txns);
        }
        else
        {
            ResultCommit.Overwrite(table, connection, Name, Condition(), IsWholly, txns);
        }
    }

    private string Condition()
    {
        var condition = $"universe = {DuckConnection.Quote(request.Universe.Name)} AND interval = '{request.Interval}'";
        condition += request.From is { } first ? $" AND ts >= make_timestamptz({first})" : "";
        return condition + (request.To is { } last ? $" AND ts <= make_timestamptz({last})" : "");
    }

    /// <summary>Whether a file holds nothing but rows that are replaced.</summary>
    private bool IsWholly(AddFile file)
    {
        var statistics = FileStatistics.Of(file);
        return statistics.MinText("universe") == request.Universe.Name && statistics.MaxText("universe") == request.Universe.Name
            && statistics.MinText("interval") == request.Interval.Name && statistics.MaxText("interval") == request.Interval.Name
            && (request.From is null || statistics.MinTime("ts") >= request.From) && (request.To is null || statistics.MaxTime("ts") <= request.To);
    }
}
