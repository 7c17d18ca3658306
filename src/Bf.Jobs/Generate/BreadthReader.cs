using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>Reads a universe's counts back from the table <c>breadth</c>, NULL as not known; the series follow from them.</summary>
internal static class BreadthReader
{
    /// <summary>The counts of a universe, by date; empty when there are none.</summary>
    public static BreadthTally Read(DataLake lake, string universe, Interval interval) =>
        Read(lake.Table(Tables.Breadth), lake.Table(Tables.Breadth).Load(), universe, interval);

    /// <summary>The counts of a universe in a snapshot.</summary>
    public static BreadthTally Read(DeltaTable table, Snapshot snapshot, string universe, Interval interval)
    {
        var files = snapshot.Files.Where(f => FileStatistics.Of(f).MayHold("universe", universe)).ToList();
        if (files.Count == 0)
        {
            return BreadthTally.Empty;
        }

        var names = Enum.GetValues<TallyColumn>().Select(ColumnOf).ToArray();
        var ts = new List<long>();
        var columns = names.Select(_ => new List<long>()).ToArray();
        var unknown = new List<int>?[names.Length];
        using var connection = DuckDatabase.Connect();
        using var rows = connection.Query($"SELECT ts, {string.Join(", ", names)} FROM {table.Parquet(files)} WHERE universe = {DuckConnection.Quote(universe)} AND interval = '{interval}' ORDER BY ts");
        while (rows.Next())
        {
            for (var c = 0; c < columns.Length; c++)
            {
                columns[c].AddRange(rows.Column<long>(c + 1));
                for (var i = 0; i < rows.Rows && rows.MayBeNull(c + 1); i++)
                {
                    if (rows.IsNull(c + 1, i))
                    {
                        columns[c][ts.Count + i] = 0;
                        (unknown[c] ??= []).Add(ts.Count + i);
                    }
                }
            }

            ts.AddRange(rows.Column<long>(0));
        }

        return new BreadthTally([.. ts], [.. columns.Select(c => c.ToArray())], Array.TrueForAll(unknown, u => u is null) ? null : Array.ConvertAll(unknown, u => Known(u, ts.Count)));
    }

    private static bool[]? Known(List<int>? unknown, int count)
    {
        if (unknown is null)
        {
            return null;
        }

        var known = new bool[count];
        Array.Fill(known, true);
        unknown.ForEach(i => known[i] = false);
        return known;
    }

    /// <summary>The name in the table of a count.</summary>
    public static string ColumnOf(TallyColumn column) => BreadthColumns.All.First(c => c.Counted == column).Name;
}
