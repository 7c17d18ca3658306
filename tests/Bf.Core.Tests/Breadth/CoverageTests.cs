using Bf.Core.Breadth;
using FsCheck.Fluent;

namespace Bf.Core.Tests.Breadth;

public sealed class CoverageTests
{
    public static TheoryData<string, long[], int[]> Cases() => new()
    {
        { "the same every date", Same(100, 50), [] },
        { "one date below 80 %", [.. Same(100, 20), 79, .. Same(100, 5)], [20] },
        { "80 % is enough", [.. Same(100, 20), 80, .. Same(100, 5)], [] },
        { "the first dates can't be judged", [100, 100, 1, 100, 100, 100], [] },
        { "five dates can judge the sixth", [100, 100, 100, 100, 100, 1], [5] },
        { "a universe that grows", [.. Enumerable.Range(0, 300).Select(i => (long)(10 + i))], [] },
        { "several days of an outage", [.. Same(200, 80), .. Same(100, 10), .. Same(200, 10)], [.. Enumerable.Range(80, 10)] },
        { "a smaller universe is usual in the end", [.. Same(200, 80), .. Same(100, 90)], [.. Enumerable.Range(80, 30)] },
        { "a thin date does not make the next one usual", [.. Same(600, 60), 1, 1, 600], [60, 61] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_date_with_less_than_80_percent_of_the_median_of_the_dates_before_is_thin(string what, long[] symbols, int[] thin)
    {
        long[] ts = [.. Enumerable.Range(0, symbols.Length)];

        Assert.Equal((what, string.Join(' ', thin)), (what, string.Join(' ', Coverage.Thin(ts, symbols, Coverage.Least).Select(d => d.Ts))));
    }

    [Fact]
    public void Nothing_known_later_judges_a_date_and_an_increment_judges_as_a_full_run_does() =>
        Properties.Hold(Gen.Choose(0, int.MaxValue), seed =>
        {
            var random = new Random(seed);
            long[] ts = [.. Enumerable.Range(0, 150)];
            long[] symbols = [.. ts.Select(_ => (long)random.Next(300))];
            var cut = random.Next(150);
            var whole = Coverage.Thin(ts, symbols, Coverage.Least);

            Assert.Equal(Coverage.Thin(ts[..cut], symbols[..cut], Coverage.Least), whole.Where(d => d.Ts < cut));
            Assert.Equal(Coverage.Thin(ts, symbols, Coverage.Least, cut), whole.Where(d => d.Ts >= cut));
        });

    [Fact]
    public void Counts_without_bars_are_judged_by_their_issues_and_without_those_by_what_moved()
    {
        long[] adv = [60, 60, 60, 60, 60, 60], dec = [40, 40, 40, 40, 40, 10], unch = [0, 0, 0, 0, 0, 40];
        var nowhere = new bool[6];

        Assert.Empty(Coverage.Thin(Tally(null)));
        Assert.Equal(new ThinDate(5, 70, 100), Assert.Single(Coverage.Thin(Tally(nowhere))));

        BreadthTally Tally(bool[]? unchanged)
        {
            var all = Panels.Tally((TallyColumn.Adv, adv), (TallyColumn.Dec, dec), (TallyColumn.Unch, unch));
            var known = new bool[]?[BreadthTally.ColumnCount];
            (known[(int)TallyColumn.Bars], known[(int)TallyColumn.Issues], known[(int)TallyColumn.Unch]) = (nowhere, unchanged, unchanged);
            return new(all.Ts, [.. Enum.GetValues<TallyColumn>().Select(c => all[c])], known);
        }
    }

    private static long[] Same(long symbols, int dates) => [.. Enumerable.Repeat(symbols, dates)];
}
