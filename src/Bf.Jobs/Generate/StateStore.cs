using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>A stored state: as it is stored, and what it says.</summary>
internal sealed record KnownState(PackedState Packed, SymbolState State);

/// <summary>
/// The table <c>state</c>: the kernel's state after each symbol's last bar, with the version of the bars that it stands for and the
/// fingerprint of the symbols that it covers. A shortcut, never a source.
/// </summary>
internal sealed class StateStore(DataLake lake, Interval interval)
{
    private const string Name = "state";
    private readonly DeltaTable _table = lake.Table(Tables.State);

    /// <summary>What the stored states stand for.</summary>
    public Progress Progress() => Generate.Progress.In(_table.Seen(), interval, Name);

    /// <summary>Whether the states stand for a version of the bars, and cover one of some universes.</summary>
    public bool StandsFor(long barsVersion, string barsTableId, IReadOnlyList<Universe> covered)
    {
        var stored = Progress();
        return stored.BarsVersion == barsVersion && covered.Any(u => stored.Fingerprint == Fingerprint.Scope(barsTableId, u));
    }

    /// <summary>The states, by symbol; null when they can't be read: then the bars are read instead.</summary>
    public Dictionary<string, KnownState>? TryRead()
    {
        try
        {
            return Read();
        }
        catch (Exception e) when (e is FormatException or DuckException)
        {
            Log.Warn($"{_table.Place}: the states can't be read, so that all bars are: {e.Message.Split('\n')[0]}");
            return null;
        }
    }

    /// <summary>Replaces the interval's states.</summary>
    public void Write(DuckConnection connection, IReadOnlyDictionary<string, PackedState> states, long barsVersion, long scope, string run, Func<Progress, bool> stays)
    {
        connection.Execute($"DROP TABLE IF EXISTS new_state; {Tables.State.CreateTemporary("new_state")}");
        using (var rows = connection.Append("new_state", Native.TypeId.Varchar, Native.TypeId.Varchar, Native.TypeId.TimestampTz, Native.TypeId.BigInt, Native.TypeId.Blob, Native.TypeId.Varchar))
        {
            var symbols = states.Keys.ToArray();
            Array.Sort(symbols, StringComparer.Ordinal);
            foreach (var symbol in symbols)
            {
                var state = states[symbol];
                rows.Set(0, interval.Name);
                rows.Set(1, symbol);
                rows.Set(2, state.LastTs);
                rows.Set(3, state.Bars);
                rows.Set(4, state.Ticks);
                rows.Set(5, run);
                rows.EndRow();
            }

            rows.Complete();
        }

        ResultCommit.Write(_table, connection, "new_state", new(
            new($"interval = '{interval}'", file => FileStatistics.Of(file).MinText("interval") == interval.Name && FileStatistics.Of(file).MaxText("interval") == interval.Name),
            [.. Generate.Progress.ToTxns(interval, Name, barsVersion, scope)],
            snapshot => stays(Generate.Progress.In(snapshot, interval, Name)) ? Standing.Done : Standing.Before));
    }

    private Dictionary<string, KnownState> Read()
    {
        var snapshot = _table.Seen();
        var states = new Dictionary<string, KnownState>(StringComparer.Ordinal);
        if (snapshot.Files.Count == 0)
        {
            return states;
        }

        using var connection = DuckDatabase.Connect();
        using var rows = connection.Query($"SELECT symbol, ts, bars, ticks FROM {_table.Parquet(snapshot.Files)} WHERE interval = '{interval}'");
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                var packed = new PackedState(rows.Column<long>(1)[i], rows.Column<long>(2)[i], rows.Bytes(3, i).ToArray());
                states[rows.Text(0, i)] = new(packed, packed.Unpack());
            }
        }

        return states;
    }
}
