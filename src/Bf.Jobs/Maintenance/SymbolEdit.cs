using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Runs;

namespace Bf.Jobs.Maintenance;

/// <summary>The bars that an edit of a symbol concerns.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Bars">How many.</param>
/// <param name="FirstTs">From when, microseconds.</param>
/// <param name="LastTs">To when.</param>
public sealed record SymbolBarsFound(string Symbol, long Bars, long FirstTs, long LastTs);

/// <summary>
/// <c>bf data rename</c> and <c>bf data delete</c>: a symbol's bars get another name, or go. Each is one commit to the table of bars, which
/// <c>bf table restore</c> undoes; results follow with the next <c>bf signals generate</c>.
/// </summary>
public sealed class SymbolEdit
{
    private readonly DataLake _lake;
    private readonly string _table;
    private readonly string _symbol;
    private readonly string _condition;
    private readonly CancellationToken _cancel;

    /// <summary>An edit of one symbol's bars.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="interval">The bars' length.</param>
    /// <param name="symbol">The symbol.</param>
    /// <param name="from">Only bars from here on, microseconds; null for all.</param>
    /// <param name="cancel">Ends the work.</param>
    public SymbolEdit(DataLake lake, Interval interval, string symbol, long? from = null, CancellationToken cancel = default)
    {
        (_lake, _table, _symbol, _cancel) = (lake, Tables.Bars(interval).Name, symbol, cancel);
        _condition = $"symbol = {DuckConnection.Quote(symbol)}{(from is { } ts ? $" AND ts >= make_timestamptz({ts})" : "")}";
    }

    /// <summary>The bars that it concerns.</summary>
    /// <exception cref="JobException">There are none.</exception>
    public SymbolBarsFound Find()
    {
        using var connection = DuckDatabase.Connect(_cancel);
        var table = _lake.Table(LakeTables.Schema(_table)!);
        using var rows = connection.Query($"SELECT count(*), min(ts), max(ts) FROM {table.Relation(table.Load())} WHERE {_condition}");
        rows.Next();
        return rows.Column<long>(0)[0] == 0
            ? throw new JobException($"{table.Place} has no bars of {_symbol}{(_condition.Contains("ts >=", StringComparison.Ordinal) ? " from that date on" : "")}; see what there is with: bf data list")
            : new(_symbol, rows.Column<long>(0)[0], rows.Column<long>(1)[0], rows.Column<long>(2)[0]);
    }

    /// <summary>Gives the bars another symbol.</summary>
    /// <returns>The run, and how many bars it changed.</returns>
    /// <exception cref="JobException">There are no such bars, or the other symbol has bars of the same times; nothing is changed then.</exception>
    public (string Run, long Bars) Rename(string to, string arguments) =>
        Run("data rename", "RENAME", arguments, new() { ["symbol"] = _symbol, ["to"] = to },
            (connection, rows) => CheckFree(connection, rows, to),
            rows => $"SELECT * REPLACE (CASE WHEN {_condition} THEN {DuckConnection.Quote(to)} ELSE symbol END AS symbol) FROM {rows}",
            bars => new(0, bars, 0));

    /// <summary>Removes the bars.</summary>
    /// <returns>The run, and how many bars it removed.</returns>
    /// <exception cref="JobException">There are no such bars.</exception>
    public (string Run, long Bars) Delete(string arguments) =>
        Run("data delete", "DELETE", arguments, new() { ["symbol"] = _symbol }, (_, _) => { }, rows => $"SELECT * FROM {rows} WHERE NOT ({_condition})", bars => new(0, 0, bars));

    private (string Run, long Bars) Run(
        string command, string operation, string arguments, Dictionary<string, string?> parameters, Action<DuckConnection, string> check, Func<string, string> edit, Func<long, RowCounts> counts)
    {
        Find();
        return JobRun.Do(_lake, command, arguments, run =>
        {
            using var connection = DuckDatabase.Connect(_cancel);
            var table = LakeTables.Whole(run.Lake, _table);
            var bars = 0L;
            table.Update(snapshot =>
            {
                var rows = table.Relation(snapshot);
                check(connection, rows);
                bars = connection.Scalar($"SELECT count(*) FROM {rows} WHERE {_condition}");
                var change = new Change(operation) { Parameters = parameters, Rows = counts(bars) };
                foreach (var file in snapshot.Files.Where(f => FileStatistics.Of(f).MayHold("symbol", _symbol) && connection.Scalar($"SELECT count(*) FROM {table.Relation(snapshot, [f])} WHERE {_condition}") > 0))
                {
                    table.CheckUnharmed([file]);
                    change.Remove.Add(file);
                    if (BarLayout.Write(table, connection, edit(table.Relation(snapshot, [file])), BarLayout.YearOf(file) is { } year ? BarLayout.Prefix(year) : "part") is { } written)
                    {
                        change.Add.Add(written);
                    }
                }

                return change.Remove.Count == 0 ? null : change;
            });
            run.End(bars);
            return (run.Id, bars);
        });
    }

    private void CheckFree(DuckConnection connection, string rows, string to)
    {
        var taken = $"(SELECT ts FROM {rows} WHERE symbol = {DuckConnection.Quote(to)} AND ts IN (SELECT ts FROM {rows} WHERE {_condition}))";
        var count = connection.Scalar($"SELECT count(*) FROM {taken}");
        if (count > 0)
        {
            var first = Timestamp.Format(connection.Scalar($"SELECT epoch_us(min(ts)) FROM {taken}"));
            throw new JobException($"{_symbol} can't become {to}: {to} has bars of its own on {count:#,0} of the same dates, the first on {first}. Rename from a later date on (--start-date), or delete those of one of the two first: bf data delete SYMBOL");
        }
    }
}
