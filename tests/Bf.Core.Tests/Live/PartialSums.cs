using Bf.Core.Breadth;
using Bf.Core.Live;

namespace Bf.Core.Tests.Live;

/// <summary>Adds up what partitions told, as whoever combines them does: a later partial tally takes its predecessor's place.</summary>
internal sealed class PartialSums
{
    private readonly Dictionary<(int Partition, long Ts), long[][]> _told = [];

    public void Take(int partition, IReadOnlyList<PartialTally> tallies)
    {
        Assert.Equal(tallies.Select(t => t.Ts).Order(), tallies.Select(t => t.Ts));
        foreach (var tally in tallies)
        {
            _told[(partition, tally.Ts)] = tally.Counts;
        }
    }

    public BreadthTally Tally(int universe)
    {
        var rows = _told.GroupBy(t => t.Key.Ts, t => t.Value[universe])
            .Select(g => (Ts: g.Key, Counts: Enumerable.Range(0, BreadthTally.ColumnCount).Select(c => g.Sum(v => v[c])).ToArray()))
            .Where(r => r.Counts[(int)TallyColumn.Bars] > 0)
            .OrderBy(r => r.Ts).ToArray();
        return new([.. rows.Select(r => r.Ts)], [.. Enumerable.Range(0, BreadthTally.ColumnCount).Select(c => rows.Select(r => r.Counts[c]).ToArray())]);
    }
}
