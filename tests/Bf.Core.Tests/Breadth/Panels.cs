using Bf.Core.Breadth;

namespace Bf.Core.Tests.Breadth;

/// <summary>Panels made from a few columns; the others are 0, but issues, which follow from what moved.</summary>
internal static class Panels
{
    public static BreadthPanel Of(params (TallyColumn Column, long[] Values)[] columns) => new(Tally(columns));

    public static BreadthTally Tally(params (TallyColumn Column, long[] Values)[] columns)
    {
        var count = columns[0].Values.Length;
        var all = Enumerable.Range(0, BreadthTally.ColumnCount).Select(_ => new long[count]).ToArray();
        foreach (var (column, values) in columns)
        {
            all[(int)column] = values;
        }

        if (!columns.Any(c => c.Column == TallyColumn.Issues))
        {
            all[(int)TallyColumn.Issues] =
            [
                .. Enumerable.Range(0, count).Select(i =>
                    all[(int)TallyColumn.Adv][i] + all[(int)TallyColumn.Dec][i] + all[(int)TallyColumn.Unch][i]),
            ];
        }

        return new([.. Enumerable.Range(0, count)], all);
    }

    /// <summary>A panel of 1000 movers, of which so many advance on each date.</summary>
    public static BreadthPanel Advancing(params long[] advances) =>
        Of((TallyColumn.Adv, advances), (TallyColumn.Dec, [.. advances.Select(a => 1000 - a)]));

    /// <summary>The first dates of a tally.</summary>
    public static BreadthTally Cut(BreadthTally tally, int count)
    {
        var columns = Enum.GetValues<TallyColumn>();
        return new(
            tally.Ts[..count], [.. columns.Select(c => tally[c][..count])], [.. columns.Select(c => tally.Known(c)?[..count])],
            [.. tally.FurtherNames.Select(name => new FurtherCount(name, tally.Further(name)![..count]))]);
    }

    /// <summary>A column of doubles by its name.</summary>
    public static double[] Reals(this BreadthPanel panel, string column) => BreadthColumns.Find(column)!.Reals(panel);

    /// <summary>A column of integers by its name.</summary>
    public static long[] Integers(this BreadthPanel panel, string column) => BreadthColumns.Find(column)!.Integers(panel);

    /// <summary>The panel of Data/breadth.csv: real bars, 420 dates from 2009-01-02 on.</summary>
    public static BreadthPanel Reference { get; } = Read("breadth.csv");

    /// <summary>The panel of the bundled sample: real bars of 100 large caps, 2018 to 2024.</summary>
    public static BreadthPanel Sample { get; } = Read("sample.csv");

    private static BreadthPanel Read(string file)
    {
        var rows = TestData.Csv(file);
        var columns = Enum.GetValues<TallyColumn>().Select(column =>
        {
            var name = BreadthColumns.All.Single(c => c.Counted == column).Name;
            var at = Array.IndexOf(rows[0], name);
            return at < 0 ? new long[rows.Length - 1] : rows.Skip(1).Select(r => r[at].Length == 0 ? 0 : long.Parse(r[at])).ToArray();
        });
        return new(new(
            [.. rows.Skip(1).Select(r => (DateTime.Parse(r[0]) - DateTime.UnixEpoch).Ticks / 10)],
            [.. columns]));
    }
}
