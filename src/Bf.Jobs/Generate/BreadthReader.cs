using Bf.Core.Breadth;
using Bf.Core.Breadth.Further;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>Reads a universe's counts back from the table <c>breadth</c>, NULL as not known; the series follow from them.</summary>
internal static class BreadthReader
{
    /// <summary>The usual counts of several universes in a snapshot, by name, each by date; empty where there are none.</summary>
    public static Dictionary<string, BreadthTally> Read(DeltaTable table, Snapshot snapshot, IReadOnlyList<string> universes, Interval interval) =>
        Read(table, snapshot, universes, interval, FurtherSet.None);

    /// <summary>All counts of a universe in a snapshot.</summary>
    public static BreadthTally Read(DeltaTable table, Snapshot snapshot, string universe, Interval interval, FurtherSet further) =>
        Read(table, snapshot, [universe], interval, further)[universe];

    private static Dictionary<string, BreadthTally> Read(DeltaTable table, Snapshot snapshot, IReadOnlyList<string> universes, Interval interval, FurtherSet further)
    {
        var tallies = new Dictionary<string, BreadthTally>(StringComparer.Ordinal);
        foreach (var universe in universes)
        {
            tallies[universe] = BreadthTally.Empty;
        }

        var files = snapshot.Files.Where(f => universes.Any(u => FileStatistics.Of(f).MayHold("universe", u))).ToList();
        if (files.Count == 0)
        {
            return tallies;
        }

        string[] names = [.. Enum.GetValues<TallyColumn>().Select(ColumnOf), .. further.Counts];
        var open = new Counts(further);
        var relation = further.Counts.Count == 0 ? table.Parquet(files) : table.Relation(snapshot, files);
        var among = string.Join(", ", universes.Select(DuckConnection.Quote));
        using var connection = DuckDatabase.Connect();
        using var rows = connection.Query($"SELECT universe, ts, {string.Join(", ", names)} FROM {relation} WHERE universe IN ({among}) AND interval = '{interval}' ORDER BY universe, ts");
        while (rows.Next())
        {
            for (int from = 0, to; from < rows.Rows; from = to)
            {
                var universe = rows.Text(0, from);
                if (universe != open.Universe)
                {
                    open.CloseTo(tallies);
                    open.Universe = universe;
                }

                to = from + 1;
                while (to < rows.Rows && rows.Bytes(0, to).SequenceEqual(rows.Bytes(0, from)))
                {
                    to++;
                }

                open.Add(rows, from, to);
            }
        }

        open.CloseTo(tallies);
        return tallies;
    }

    /// <summary>The name in the table of a count.</summary>
    public static string ColumnOf(TallyColumn column) => BreadthColumns.All.First(c => c.Counted == column).Name;

    /// <summary>The counts of the universe that is being read.</summary>
    private sealed class Counts(FurtherSet further)
    {
        private readonly List<long> _ts = [];
        private readonly List<long>[] _columns = [.. Enumerable.Range(0, BreadthTally.ColumnCount + further.Counts.Count).Select(_ => new List<long>())];
        private readonly List<int>?[] _unknown = new List<int>?[BreadthTally.ColumnCount + further.Counts.Count];

        public string Universe { get; set; } = "";

        public void Add(DuckResult rows, int from, int to)
        {
            for (var c = 0; c < _columns.Length; c++)
            {
                _columns[c].AddRange(rows.Column<long>(c + 2)[from..to]);
                for (var i = from; i < to && rows.MayBeNull(c + 2); i++)
                {
                    if (rows.IsNull(c + 2, i))
                    {
                        _columns[c][_ts.Count + i - from] = 0;
                        (_unknown[c] ??= []).Add(_ts.Count + i - from);
                    }
                }
            }

            _ts.AddRange(rows.Column<long>(1)[from..to]);
        }

        public void CloseTo(Dictionary<string, BreadthTally> tallies)
        {
            if (_ts.Count > 0)
            {
                var usual = _unknown[..BreadthTally.ColumnCount];
                var known = Array.TrueForAll(usual, u => u is null) ? null : Array.ConvertAll(usual, u => Known(u, _ts.Count));
                var columns = Array.ConvertAll(_columns, c => c.ToArray());
                tallies[Universe] = new(
                    [.. _ts], columns[..BreadthTally.ColumnCount], known, [.. further.Counts.Select((name, i) => new FurtherCount(name, columns[BreadthTally.ColumnCount + i]))]);
            }

            _ts.Clear();
            foreach (var column in _columns)
            {
                column.Clear();
            }

            Array.Clear(_unknown);
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
    }
}
