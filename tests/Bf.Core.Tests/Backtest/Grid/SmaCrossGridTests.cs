using Bf.Core.Backtest.Grid;

namespace Bf.Core.Tests.Backtest.Grid;

/// <summary>The grid by bits and ranges against the plain simulation, bar by bar.</summary>
public sealed class SmaCrossGridTests
{
    private static readonly SmaPair[] Pairs = [.. from fast in (int[])[1, 2, 3, 5, 8] from slow in (int[])[2, 3, 4, 7, 13, 40] where fast < slow select new SmaPair(fast, slow)];

    [Fact]
    public void By_hand_a_rise_after_a_fall_is_bought_and_the_fall_after_it_sold()
    {
        // SMA 1 against SMA 2: above where the close rose, below where it fell
        double[] closes = [10, 8, 9, 12, 6, 6, 7];
        var settings = new SmaCrossSettings { InitialCapital = 1000, Fees = 0.25 };

        var figures = SmaCrossGrid.Run(closes, [new(1, 2)], settings)[0];

        // below on bar 1; bought on bar 2: 1000 / (9 x 1.25) = 88.89 shares; sold on bar 4 at 6 x 0.75: 400; equal on bar 5;
        // bought on bar 6: 400 / (7 x 1.25) shares, worth 320
        Assert.Equal(3, figures.Orders);
        Assert.Equal(320, figures.FinalValue, 1e-9);
        Assert.Equal(-0.68, figures.TotalReturn, 1e-12);
        Assert.Equal((320 / (1000 / 11.25 * 12)) - 1, figures.MaxDrawdown, 1e-12);
        double[] equity = [1000, 1000, 800, 1000 / 11.25 * 12, 400, 400, 320];
        Assert.Equal(equity, SmaCrossGrid.Equity(closes, new(1, 2), settings), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Nothing_is_bought_before_the_fast_average_was_below() =>
        Assert.Equal(0, SmaCrossGrid.Run([1, 2, 3, 4, 5, 6], [new(1, 2)], new())[0].Orders);

    [Fact]
    public void Equal_averages_between_two_bars_above_neither_buy_nor_sell() =>
        Assert.Equal(1, SmaCrossGrid.Run([3, 2, 3, 3, 4, 4, 5], [new(1, 2)], new())[0].Orders);

    [Theory]
    [InlineData("usual", 40.0, 0.02)]
    [InlineData("BRK-A", 500_000.0, 0.02)]
    [InlineData("a shell company", 0.0004, 0.2)]
    [InlineData("beyond exact doubles", 900_000_000.0, 0.0001)]
    [InlineData("dear beyond exact doubles", 30_000_000_000.0, 0.00001)]
    [InlineData("wild", 1.0, 1.5)]
    public void Any_prices_trade_as_in_the_plain_simulation(string kind, double price, double volatility)
    {
        Assert.NotEmpty(kind);
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var closes = Walk(random, 20 + random.Next(400), price, volatility, ties: seed % 3 == 0);
            Equal(closes, new SmaCrossSettings { Fees = seed % 4 * 0.001 });
        }
    }

    [Fact]
    public void Spans_trade_as_in_the_plain_simulation()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var closes = Walk(random, 250, 10, 0.03, ties: seed % 2 == 0);
            var first = random.Next(250);
            Equal(closes, new SmaCrossSettings { First = first, Last = random.Next(first, 250) });
        }
    }

    [Fact]
    public void Constant_prices_and_few_bars_trade_as_in_the_plain_simulation()
    {
        for (var bars = 1; bars < 9; bars++)
        {
            Equal([.. Enumerable.Repeat(7.7, bars)], new());
            Equal(Walk(new Random(bars), bars, 5, 0.3, ties: false), new());
        }
    }

    [Fact]
    public void Returns_that_hardly_vary_keep_their_digits() =>
        // below at first, then a steady rise: while it is held each return is 1 %, and without a fee only the first days differ
        Equal([.. Enumerable.Range(0, 400).Select(i => i < 3 ? 3.0 - i : Math.Pow(1.01, i))], new SmaCrossSettings { Fees = 0 });

    [Fact]
    public void Any_number_of_threads_gives_the_same_figures()
    {
        var closes = Walk(new Random(4), 900, 30, 0.02, ties: false);
        SmaPair[] pairs = [.. from fast in Enumerable.Range(2, 70) from slow in Enumerable.Range(80, 70) select new SmaPair(fast, slow)];
        var one = SmaCrossGrid.Run(closes, pairs, new() { Threads = 1 });
        foreach (var threads in (int[])[2, 3, 8])
        {
            Assert.Equal(one, SmaCrossGrid.Run(closes, pairs, new() { Threads = threads }));
        }
    }

    [Fact]
    public void Cutting_the_bars_after_t_leaves_the_equity_up_to_t()
    {
        var closes = Walk(new Random(5), 200, 30, 0.03, ties: true);
        var whole = SmaCrossGrid.Equity(closes, new(3, 8), new());
        for (var t = 0; t < closes.Length; t++)
        {
            Assert.Equal(whole[..(t + 1)], SmaCrossGrid.Equity(closes[..(t + 1)], new(3, 8), new()));
            Assert.Equal(whole[t], SmaCrossGrid.Run(closes, [new(3, 8)], new() { Last = t })[0].FinalValue, 1e-9);
        }
    }

    [Fact]
    public void What_is_no_grid_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SmaCrossGrid.Run([1, 2], [new(2, 2)], new()));
        Assert.Throws<ArgumentException>(() => SmaCrossGrid.Run([1, 2], [new(0, 2)], new()));
        Assert.Throws<ArgumentException>(() => SmaCrossGrid.Run([1, double.NaN], [new(1, 2)], new()));
        Assert.Throws<ArgumentException>(() => SmaCrossGrid.Run([], [new(1, 2)], new()));
        Assert.Throws<ArgumentException>(() => SmaCrossGrid.Run([1, 2], [new(1, 2)], new() { Fees = 1 }));
        Assert.Throws<ArgumentException>(() => SmaCrossGrid.Run([1, 2], [new(1, 2)], new() { First = 1, Last = 0 }));
        Assert.Throws<ArgumentException>(() => SmaCrossGrid.Run([.. Enumerable.Repeat(36e9, 300)], [new(1, 300)], new()));
    }

    private static void Equal(double[] closes, SmaCrossSettings settings)
    {
        var figures = SmaCrossGrid.Run(closes, Pairs, settings);
        for (var i = 0; i < Pairs.Length; i++)
        {
            var plain = PlainSmaCross.Run(closes, Pairs[i], settings, out var equity);
            Assert.Equal(plain.Orders, figures[i].Orders);
            Assert.Equal(plain.FinalValue, figures[i].FinalValue, plain.FinalValue * 1e-12);
            Assert.Equal(plain.TotalReturn, figures[i].TotalReturn, 1e-12 * (1 + Math.Abs(plain.TotalReturn)));
            Assert.Equal(plain.MaxDrawdown, figures[i].MaxDrawdown, 1e-12);
            Assert.Equal(double.IsNaN(plain.Sharpe), double.IsNaN(figures[i].Sharpe));
            Assert.True(double.IsNaN(plain.Sharpe) || Math.Abs(plain.Sharpe - figures[i].Sharpe) <= 1e-9 * Math.Max(1, Math.Abs(plain.Sharpe)), $"{plain.Sharpe} {figures[i].Sharpe}");
            Assert.Equal(equity, SmaCrossGrid.Equity(closes, Pairs[i], settings), (a, b) => Math.Abs(a - b) <= 1e-12 * a);
        }
    }

    private static double[] Walk(Random random, int bars, double price, double volatility, bool ties)
    {
        var closes = new double[bars];
        for (var i = 0; i < bars; i++)
        {
            price *= Math.Exp(volatility * (random.NextDouble() - 0.5));
            // coarse prices make averages equal often
            closes[i] = Math.Max(1e-6, ties ? Math.Round(price, price > 1 ? 0 : 4) : Math.Round(price, 6));
        }

        return closes;
    }
}
