using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>Reads a universe's counts back from the table <c>breadth</c>, NULL as not known; the series follow from them.</summary>
internal static class BreadthReader
{
    /// <summary>The counts of a universe in a snapshot, by date; empty when there are none.</summary>
    public static BreadthTally Read(DeltaTable table, Snapshot snapshot, string universe, Interval interval) =>
        Read(table, snapshot, [universe], interval)[universe];

    /// <summary>The counts of several universes, by name.</summary>
    public static Dictionary<string, BreadthTally> Read(DeltaTable table, Snapshot snapshot, IReadOnlyList<string> universes, Interval interval)
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

        var names = Enum.GetValues<TallyColumn>().Select(ColumnOf).ToArray();
        var open = new Counts(names.Length);
        var among = string.Join(", ", universes.Select(DuckConnection.Quote));
        using var connection = DuckDatabase.Connect();
        using var rows = connection.Query($"SELECT universe, ts, {string.Join(", ", names)} FROM {table.Parquet(files)} WHERE universe IN ({among}) AND interval = '{interval}' ORDER BY universe, ts");
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
    private sealed class Counts(int columns)
    {
        private readonly List<long> _ts = [];
        private readonly List<long>[] _columns = [.. Enumerable.Range(0, columns).Select(_ => new List<long>())];
        private readonly List<int>?[] _unknown = new List<int>?[columns];

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
                var known = Array.TrueForAll(_unknown, u => u is null) ? null : Array.ConvertAll(_unknown, u => Known(u, _ts.Count));
                tallies[Universe] = new([.. _ts], [.. _columns.Select(c => c.ToArray())], known);
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
