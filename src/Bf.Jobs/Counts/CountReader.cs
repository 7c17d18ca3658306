using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using static Bf.Core.Breadth.TallyColumn;

namespace Bf.Jobs.Counts;

/// <summary>Reads a universe's imported counts as a tally, which knows what was not given.</summary>
internal static class CountReader
{
    // a pair counts when both are given: one alone would make a ratio of 0 or 1
    private static readonly (TallyColumn[] Columns, int[] At)[] Groups = [([Unch], [3]), ([UpVol, DownVol], [4, 5]), ([Nh252, Nl252], [6, 7])];

    /// <summary>The counts of a universe up to a time, by date; empty when there are none.</summary>
    public static BreadthTally Read(DeltaTable counts, Snapshot snapshot, string universe, Interval interval, long? to = null)
    {
        var rows = new List<long?[]>();
        using (var connection = DuckDatabase.Connect())
        using (var result = connection.Query($"""
            SELECT epoch_us(ts), adv, dec, unch, up_vol, down_vol, nh252, nl252 FROM {counts.Relation(snapshot)}
            WHERE universe = {DuckConnection.Quote(universe)} AND interval = '{interval}' AND epoch_us(ts) <= {to ?? long.MaxValue} ORDER BY ts
            """))
        {
            while (result.Next())
            {
                for (var i = 0; i < result.Rows; i++)
                {
                    rows.Add([.. Enumerable.Range(0, result.Names.Length).Select(c => result.IsNull(c, i) ? (long?)null : result.Column<long>(c)[i])]);
                }
            }
        }

        return ToTally(rows);
    }

    private static BreadthTally ToTally(List<long?[]> rows)
    {
        var nowhere = new bool[rows.Count];
        var columns = Enumerable.Range(0, BreadthTally.ColumnCount).Select(_ => new long[rows.Count]).ToArray();
        var known = Enumerable.Repeat<bool[]?>(nowhere, BreadthTally.ColumnCount).ToArray();
        (columns[(int)Adv], columns[(int)Dec]) = (Values(1), Values(2));
        known[(int)Adv] = known[(int)Dec] = null;
        foreach (var (group, at) in Groups)
        {
            var given = rows.ConvertAll(r => at.All(c => r[c] is not null)).ToArray();
            for (var c = 0; c < group.Length; c++)
            {
                columns[(int)group[c]] = [.. Values(at[c]).Zip(given, (value, counts) => counts ? value : 0)];
                known[(int)group[c]] = given.All(g => g) ? null : given;
            }
        }

        // most published tables leave the unchanged out: the issues are then those that moved
        columns[(int)Issues] = [.. rows.Select(r => r[1]!.Value + r[2]!.Value + (r[3] ?? 0))];
        known[(int)Issues] = null;
        return new([.. rows.Select(r => r[0]!.Value)], columns, known);

        long[] Values(int column) => [.. rows.Select(r => r[column] ?? 0)];
    }
}
