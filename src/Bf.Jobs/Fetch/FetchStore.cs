using Bf.Core.Market;
using Bf.Jobs.Generate;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Fetch;

/// <summary>The table <c>fetches</c>: what a source was asked for, by symbol.</summary>
internal sealed class FetchStore(DataLake lake, string source, Interval interval)
{
    private const int MostFiles = 8;
    private readonly DeltaTable _table = lake.Table(Tables.Fetches);
    private readonly string _rows = $"source = {DuckConnection.Quote(source)} AND interval = '{interval}'";

    /// <summary>What was asked for, by symbol.</summary>
    public Dictionary<string, Asked> Read()
    {
        var all = new Dictionary<string, Asked>(StringComparer.Ordinal);
        using var connection = DuckDatabase.Connect();
        using var rows = new RowReader(connection.Query(
            $"SELECT symbol, epoch_us(from_ts) AS from_ts, epoch_us(to_ts) AS to_ts, epoch_us(next_ts) AS next_ts, bars FROM {_table.Relation(_table.Load())} WHERE {_rows}"));
        while (rows.Next())
        {
            all[rows.Text("symbol")!] = new(rows.Long("from_ts")!.Value, rows.Long("to_ts")!.Value, rows.Long("next_ts") ?? 0, rows.Long("bars") ?? 0);
        }

        return all;
    }

    /// <summary>Puts rows in place of those of the same symbols.</summary>
    public void Write(IReadOnlyCollection<(string Symbol, Asked Asked)> asked, string run)
    {
        if (asked.Count == 0)
        {
            return;
        }

        const string Name = "new_fetches";
        using var connection = DuckDatabase.Connect();
        connection.Execute(Tables.Fetches.CreateTemporary(Name));
        using (var appender = connection.Append(Name, [.. Tables.Fetches.Columns.Select(c => c.DuckType)]))
        {
            var row = new RowWriter(appender, Tables.Fetches.Columns.Length);
            foreach (var (symbol, a) in asked)
            {
                row.Add(source).Add(interval.Name).Add(symbol).Add(a.From).Add(a.To).Add(a.Next == 0 ? null : a.Next).Add(a.Bars).Add(run).End();
            }

            appender.Complete();
        }

        ResultCommit.Write(_table, connection, Name, new(new($"{_rows} AND symbol IN (SELECT symbol FROM {Name})", _ => false), [], _ => Standing.Before));
        Compaction.Tidy(_table, connection, MostFiles);
    }
}
