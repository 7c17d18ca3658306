using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Inventory;

/// <summary>The symbols of a table of bars, each with its last bar: who is there, and who stopped before the others.</summary>
public sealed class SymbolEnds
{
    /// <summary>A week: holidays and a day's late download are no end.</summary>
    private const long Grace = 7 * Timestamp.Day;

    private readonly Dictionary<string, long> _last;

    private SymbolEnds(Dictionary<string, long> last) => _last = last;

    /// <summary>How many symbols there are.</summary>
    public int Count => _last.Count;

    /// <summary>The last bar of all, microseconds; null when there is none.</summary>
    public long? LastTs => _last.Count == 0 ? null : _last.Values.Max();

    /// <summary>How many end more than a week before the last bar of all, as those do that were delisted.</summary>
    public int Ended => _last.Count == 0 ? 0 : _last.Values.Count(ts => ts < LastTs - Grace);

    /// <summary>Whether a symbol has bars.</summary>
    public bool Has(string symbol) => _last.ContainsKey(symbol);

    /// <summary>Reads them: two columns of the bars.</summary>
    public static SymbolEnds Read(DataLake lake, Interval interval)
    {
        var table = lake.Bars(interval);
        var snapshot = table.Load();
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        if (snapshot.Files.Count == 0)
        {
            return new(last);
        }

        using var connection = DuckDatabase.Connect();
        using var rows = connection.Query($"SELECT symbol, max(ts) FROM {table.Relation(snapshot)} GROUP BY symbol");
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                last.Add(rows.Text(0, i), rows.Column<long>(1)[i]);
            }
        }

        return new(last);
    }
}
