using System.Globalization;
using System.Text;
using Bf.Core.Backtest.Grid;
using Bf.Core.Exchange;

namespace Bf.Worker.Tests;

public sealed class GridTests
{
    private static readonly double[] Closes = Walk(600);

    private static readonly SmaPair[] Pairs = [.. from fast in Enumerable.Range(1, 9) from slow in (int[])[5, 10, 37, 120] where fast < slow select new SmaPair(fast, slow)];

    private static readonly GridSpec Spec = new(Closes, Pairs, new() { InitialCapital = 12_345.6789, Fees = 0.1 / 3, DatesPerYear = 251.7 }, [new(0, 599), new(120, 300), new(301, 301)]);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(17)]
    public void Workers_compute_what_the_grid_computes_to_the_last_bit_however_the_trials_are_dealt(int workers)
    {
        var rows = Enumerable.Range(0, workers).SelectMany(w => Run(Spec, Trials(Spec).Where(t => t * 7 % workers == w)));

        var figures = Collect(Spec, rows).Complete();

        Assert.Equal(Spec.Spans.Count, figures.Length);
        Assert.All(Spec.Spans.Zip(figures), part =>
            Assert.Equal(SmaCrossGrid.Run(Closes, Pairs, Spec.Settings with { First = part.First.First, Last = part.First.Last }).Select(Bits), part.Second.Select(Bits)));
    }

    [Fact]
    public void Trials_in_any_order_and_more_than_are_computed_at_once_come_to_the_same()
    {
        var spec = new GridSpec(Closes[..64], [.. Enumerable.Range(1, 9000).Select(i => new SmaPair(1 + (i % 20), 21 + (i % 30)))], new(), [new(0, 63)]);
        var random = new Random(3);

        var figures = Collect(spec, Run(spec, Trials(spec).OrderBy(_ => random.Next()))).Complete()[0];

        Assert.Equal(SmaCrossGrid.Run(spec.Closes, spec.Pairs, new()).Select(Bits), figures.Select(Bits));
    }

    [Fact]
    public void A_worker_without_a_line_says_that_it_computed_nothing() =>
        Assert.Equal([["totals", "0", "0", "0", "0", "0", "0"]], Run(Spec, []));

    [Fact]
    public void Every_row_that_is_lost_doubled_or_changed_on_the_way_is_noticed()
    {
        var spec = Spec with { Pairs = Pairs[..5] };
        List<string[]> rows = [.. Run(spec, Trials(spec).Take(7)), .. Run(spec, Trials(spec).Skip(7))];
        Assert.NotEmpty(Collect(spec, rows).Complete());

        for (var i = 0; i < rows.Count; i++)
        {
            Assert.Throws<FormatException>(() => Collect(spec, [.. rows[..i], .. rows[(i + 1)..]]).Complete());
            Assert.Throws<FormatException>(() => Collect(spec, [.. rows, rows[i]]).Complete());
            string[] changed = [.. rows[i]];
            var at = 1 + (i % 6);
            changed[at] = (long.Parse(changed[at], CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
            Assert.Throws<FormatException>(() => Collect(spec, [.. rows[..i], changed, .. rows[(i + 1)..]]).Complete());
        }
    }

    [Theory]
    [InlineData("0\n-1\n", "line 2: there is no trial -1")]
    [InlineData("99999\n", "line 1: there is no trial 99999")]
    [InlineData("\\N\n", "line 1: trial is '\\N', not an integer")]
    [InlineData("1\t2\n", "line 1: it has more fields")]
    public void A_line_that_can_not_be_used_is_named(string lines, string says) =>
        Assert.StartsWith(says, Assert.Throws<LineException>(() => Run(Spec, lines)).Message);

    [Theory]
    [InlineData("bf-grid 2\n", "begins with 'bf-grid 2'")]
    [InlineData("bf-grid 1\nclose\t1.5\n", "line 2")]
    [InlineData("bf-grid 1\npair\t1\n", "line 2")]
    [InlineData("bf-grid 1\nspan\t-1\t5\n", "line 2")]
    public void What_to_try_of_another_form_is_refused(string text, string says)
    {
        using var reader = new StringReader(text);

        Assert.Contains(says, Assert.Throws<FormatException>(() => GridSpec.Parse(reader)).Message);
    }

    private static IEnumerable<long> Trials(GridSpec spec) => Enumerable.Range(0, (int)spec.Trials).Select(t => (long)t);

    private static string[][] Run(GridSpec spec, IEnumerable<long> trials) => Run(spec, string.Concat(trials.Select(t => $"{t}\n")));

    private static string[][] Run(GridSpec spec, string lines)
    {
        using var output = new MemoryStream();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        using var text = new StringReader(spec.ToText());
        GridFilter.Run(GridSpec.Parse(text), new LineReader(input), new RowWriter(output));
        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t'))];
    }

    private static GridCollector Collect(GridSpec spec, IEnumerable<string[]> rows)
    {
        var collector = new GridCollector(spec);
        foreach (var row in rows)
        {
            var numbers = Array.ConvertAll(row[1..], n => long.Parse(n, CultureInfo.InvariantCulture));
            collector.Add(row[0], numbers[0], numbers.AsSpan(1));
        }

        return collector;
    }

    /// <summary>Compared by bits: a Sharpe ratio that is not defined has to be the same NaN.</summary>
    private static (int, long, long, long, long) Bits(GridFigures f) =>
        (f.Orders, BitConverter.DoubleToInt64Bits(f.FinalValue), BitConverter.DoubleToInt64Bits(f.TotalReturn), BitConverter.DoubleToInt64Bits(f.Sharpe), BitConverter.DoubleToInt64Bits(f.MaxDrawdown));

    private static double[] Walk(int bars)
    {
        var (random, price) = (new Random(11), 40.0);
        var closes = new double[bars];
        for (var i = 0; i < bars; i++)
        {
            closes[i] = Math.Round(price *= 1 + ((random.NextDouble() - 0.5) * 0.05), 4);
        }

        return closes;
    }
}
