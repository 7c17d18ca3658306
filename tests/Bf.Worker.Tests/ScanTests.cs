using Bf.Core.Breadth.Further;
using Bf.Core.Exchange;
using Bf.Core.Market;
using Bf.Jobs.Tests;

namespace Bf.Worker.Tests;

public sealed class ScanTests
{
    private static readonly List<Bar> Bars = Market.Random(12, 300);

    private static readonly Universe[] Universes =
    [
        Universe.All,
        Universe.Of("two", ["S01", "S07"]),
        Universe.Of("stays", [("S02", new(Bars[0].Ts, Bars[1500].Ts)), ("S02", new(Bars[2000].Ts, long.MaxValue)), ("S11", Membership.Always)]),
        Universe.Of("none", ["NOBODY"]),
    ];

    [Theory]
    [InlineData(1, null)]
    [InlineData(3, null)]
    [InlineData(12, "all")]
    [InlineData(5, "pct_above_sma37,nh63")]
    public void Workers_count_what_one_kernel_counts_however_the_symbols_are_dealt(int workers, string? further)
    {
        var spec = new ScanSpec(Universes, FurtherSet.Resolve(further));
        var (tallies, states) = Cluster.Local(spec, Bars);

        var collector = Cluster.Collect(spec, Cluster.Scan(spec, Bars, symbol => int.Parse(symbol[1..]) % workers));
        var counted = collector.Complete(Bars.Count);

        Assert.All(tallies.Zip(counted), pair => Cluster.Same(pair.First, pair.Second));
        Assert.Equal(states.Keys.Order(), collector.States.Keys.Order());
        Assert.All(states, s => Assert.Equal((s.Value.LastTs, s.Value.Bars, Convert.ToHexString(s.Value.Ticks)),
            (collector.States[s.Key].LastTs, collector.States[s.Key].Bars, Convert.ToHexString(collector.States[s.Key].Ticks))));
    }

    [Fact]
    public void A_symbol_longer_than_a_part_is_counted_as_one()
    {
        var spec = new ScanSpec([Universe.All], FurtherSet.None);
        var random = new Random(7);
        var bars = Enumerable.Range(0, 150_000).Select(i => new Bar("LONG", i * 300_000_000L, 1, 1, 1, 1, Math.Round(5 + random.NextDouble(), 3), random.Next(1000))).ToList();

        Cluster.Same(Cluster.Local(spec, bars).Tallies[0], Cluster.Collect(spec, Cluster.Scan(spec, bars, _ => 0)).Complete(bars.Count)[0]);
    }

    [Theory]
    [InlineData(@"\N")]
    [InlineData("=")]
    [InlineData("O'NEIL \"A\\B\"")]
    [InlineData("\ue000P \ud801\udc00")]
    public void A_symbol_may_be_named_as_it_likes(string symbol)
    {
        var spec = new ScanSpec([Universe.All, Universe.Of("one", [symbol])], FurtherSet.None);
        var bars = Market.Random(2, 300).Select(b => b.Symbol == "S01" ? b with { Symbol = symbol } : b).ToList();

        var collector = Cluster.Collect(spec, Cluster.Scan(spec, bars, s => s == symbol ? 0 : 1));

        Assert.All(Cluster.Local(spec, bars).Tallies.Zip(collector.Complete(bars.Count)), pair => Cluster.Same(pair.First, pair.Second));
        Assert.Equal(["S00", symbol], collector.States.Keys.Order(StringComparer.Ordinal).OrderBy(s => s != "S00"));
    }

    [Fact]
    public void A_worker_without_a_line_says_that_it_counted_nothing()
    {
        var spec = new ScanSpec(Universes, FurtherSet.None);

        var collector = Cluster.Collect(spec, Cluster.Scan(spec, "").Concat(Cluster.Scan(spec, Bars, _ => 0)));

        Assert.Equal(Bars.Count, collector.Bars);
        Cluster.Same(Cluster.Local(spec, Bars).Tallies[0], collector.Complete(Bars.Count)[0]);
    }

    [Fact]
    public void Every_row_that_is_lost_doubled_or_changed_on_the_way_is_noticed()
    {
        var spec = new ScanSpec([Universe.All, Universes[1]], FurtherSet.None);
        var bars = Market.Random(3, 40);
        var rows = Cluster.Scan(spec, bars, symbol => symbol == "S01" ? 0 : 1);
        Assert.NotEmpty(Cluster.Collect(spec, rows).Complete(bars.Count));

        for (var i = 0; i < rows.Count; i++)
        {
            Assert.Throws<FormatException>(() => Cluster.Collect(spec, [.. rows[..i], .. rows[(i + 1)..]]).Complete(bars.Count));
            Assert.Throws<FormatException>(() => Cluster.Collect(spec, [.. rows, rows[i]]).Complete(bars.Count));
            var used = rows[i][0] switch { ScanRows.State or ScanRows.Counts => 3, _ => rows[i].Length - 4 };
            var at = 4 + (i % used);
            string[] changed = [.. rows[i]];
            changed[at] = (long.Parse(changed[at]) + 1).ToString();
            Assert.Throws<FormatException>(() => Cluster.Collect(spec, [.. rows[..i], changed, .. rows[(i + 1)..]]).Complete(bars.Count));
        }
    }

    [Theory]
    [InlineData("B\t0\t1\t1\nA\t0\t1\t1\n", "line 2: the symbol A comes after B")]
    [InlineData("A\t5\t1\t1\nA\t5\t1\t1\n", "line 2: or one before it breaks a rule: A")]
    [InlineData("A\t0\t1\t1\nA\t1\t\\N\t1\n", "line 2: adj_close is '\\N', not a number")]
    [InlineData("A\t0\t1\t1\nA\t1\t1\t1.5\n", "line 2: volume is '1.5', not an integer")]
    [InlineData("A\t0\t1\n", "line 1: it ends before the field volume")]
    [InlineData("A\t0\t1\t1\t1\n", "line 1: it has more fields")]
    [InlineData("A\t0\t-1\t1\nB\t0\t1\t1\n", "line 1: or one before it breaks a rule: A")]
    [InlineData("A\tx\t1\t1\n", "line 1: ts is 'x'")]
    public void A_line_that_can_not_be_used_is_named(string lines, string says)
    {
        var error = Assert.Throws<LineException>(() => Cluster.Scan(new([Universe.All], FurtherSet.None), lines));

        Assert.StartsWith(says, error.Message);
    }

    [Theory]
    [InlineData("bf-scan 2\n", "begins with 'bf-scan 2'")]
    [InlineData("", "begins with ''")]
    [InlineData("bf-scan 1\nfurther\t\nmember\tA\t0\t1\n", "line 3")]
    [InlineData("bf-scan 1\nfurther\t\nuniverse\tu\nmember\tA\tzero\t1\n", "line 4")]
    public void What_to_count_of_another_form_is_refused(string text, string says)
    {
        using var reader = new StringReader(text);

        Assert.Contains(says, Assert.Throws<FormatException>(() => ScanSpec.Parse(reader)).Message);
    }
}
