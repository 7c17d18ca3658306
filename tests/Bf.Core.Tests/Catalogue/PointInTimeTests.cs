using Bf.Core.Breadth;
using Bf.Core.Signals;
using Bf.Core.Tests.Breadth;

namespace Bf.Core.Tests.Catalogue;

/// <summary>Nothing after t enters a value at t, and an increment gives what a full run gives: of all that the catalogues have.</summary>
public sealed class PointInTimeTests
{
    [Fact]
    public void Random_tallies_cut_at_a_date_have_the_values_of_the_whole_up_to_it() =>
        Properties.Hold(RandomTally.Any, random => Cut(random.Tally, [0, 1, 12, random.Dates / 3, random.Dates / 2, random.Dates - 1]), count: 25);

    [Fact]
    public void The_bundled_sample_cut_at_a_date_has_the_values_of_the_whole_up_to_it() => Cut(Panels.Sample.Tally, [1, 60, 251, 320, 900, 1656]);

    [Fact]
    public void Random_tallies_computed_from_a_date_on_have_the_values_of_the_whole() =>
        Properties.Hold(RandomTally.Any, random => Increment(random.Tally, [0, 1, random.Dates / 2, Math.Max(0, random.Dates - 3), random.Dates]), count: 25);

    [Fact]
    public void The_bundled_sample_computed_from_a_date_on_has_the_values_of_the_whole() => Increment(Panels.Sample.Tally, [1, 300, 1655, 1657]);

    private static void Cut(BreadthTally tally, int[] counts)
    {
        var (full, score, memory) = All(new(tally), 0);
        foreach (var count in counts.Where(c => c >= 0 && c <= tally.Count))
        {
            var (cut, cutScore, cutMemory) = All(new(Panels.Cut(tally, count)), 0);
            foreach (var column in BreadthColumns.All)
            {
                Same(column, full, cut, 0, count);
            }

            Same(score, cutScore, 0, count);
            for (var d = 0; d < Detectors.All.Count; d++)
            {
                Assert.Equal(memory.Fires[d].Where(f => f.Index < count), cutMemory.Fires[d]);
                Assert.Equal(Enumerable.Range(0, count).Select(t => memory.Since(d, t)), Enumerable.Range(0, count).Select(t => cutMemory.Since(d, t)));
                Assert.Equal(Enumerable.Range(0, count).Select(t => memory.StateOf(d, t)), Enumerable.Range(0, count).Select(t => cutMemory.StateOf(d, t)));
            }
        }
    }

    private static void Increment(BreadthTally tally, int[] from)
    {
        var (full, score, memory) = All(new(tally), 0);
        foreach (var first in from.Where(f => f <= tally.Count))
        {
            var (late, lateScore, lateMemory) = All(new(tally, first), first);
            foreach (var column in BreadthColumns.All)
            {
                Same(column, full, late, first, tally.Count);
            }

            Same(score, lateScore, first, tally.Count);
            Assert.Equal(memory.Fires.SelectMany(f => f), lateMemory.Fires.SelectMany(f => f));
        }
    }

    private static (BreadthPanel Panel, BreadthScore Score, ThrustMemory Memory) All(BreadthPanel panel, int from) => (panel, new(panel, from), new(panel));

    private static void Same(BreadthColumn column, BreadthPanel a, BreadthPanel b, int from, int to)
    {
        var (knownA, knownB) = (column.Known(a), column.Known(b));
        for (var t = from; t < to; t++)
        {
            var (x, y) = column.Kind == ColumnKind.Integer
                ? (Whole(column.Integers(a)[t], knownA?[t]), Whole(column.Integers(b)[t], knownB?[t]))
                : (BitConverter.DoubleToInt64Bits(column.Reals(a)[t]), BitConverter.DoubleToInt64Bits(column.Reals(b)[t]));
            Assert.True(x == y, $"{column} at {t}");
        }

        static long? Whole(long value, bool? known) => known == false ? null : value;
    }

    private static void Same(BreadthScore a, BreadthScore b, int from, int to)
    {
        Assert.Equal(a.Values[from..to], b.Values[from..to]);
        Assert.Equal(a.States[from..to], b.States[from..to]);
        Assert.All(a.Parts.Zip(b.Parts), p => Assert.Equal(p.First[from..to], p.Second[from..to]));
    }
}
