using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bf.Core.Market;
using Bf.Sources.Synthetic;

namespace Bf.Sources.Tests.Synthetic;

public sealed class SyntheticMarketTests
{
    private static readonly SyntheticMarket Large = Markets.Of(500, 10);
    private static readonly SyntheticHistory[] Histories = [.. Large.Symbols.Select(s => Large.History(s.Ticker))];

    // A machine, runtime or change of the code that gives other bytes breaks what others have computed on them.
    [Theory]
    [InlineData("1d", 20, 1, "eb26097809f79d2f")]
    [InlineData("1d", 20, 2, "8c30c1e64a304b91")]
    [InlineData("5m", 1, 1, "d9858c853cb0dc73")]
    public void The_same_seed_gives_the_same_bytes_everywhere(string interval, int years, long seed, string sha256)
    {
        var text = new StringBuilder();
        foreach (var b in Markets.Of(6, years, seed).Bars(Interval.Parse(interval)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{b.Symbol},{b.Ts},{b.Open:R},{b.High:R},{b.Low:R},{b.Close:R},{b.AdjClose:R},{b.Volume}\n");
        }

        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())))[..16]);
    }

    [Theory]
    [InlineData("1d")]
    [InlineData("5m")]
    public void Bars_come_by_symbol_then_time_and_keep_every_rule(string interval)
    {
        var now = Timestamp.Of(new DateOnly(2025, 1, 1));
        var bars = (interval == "1d" ? Markets.Of(200, 10) : Markets.Of(5, 1)).Bars(Interval.Parse(interval)).ToList();

        Assert.Equal(bars.OrderBy(b => b.Symbol, StringComparer.Ordinal).ThenBy(b => b.Ts), bars);
        Assert.Distinct(bars.Select(b => (b.Symbol, b.Ts)));
        Assert.DoesNotContain(bars, b => BarRules.Broken(b, now) is not null || b.High < Math.Max(b.Open, b.Close) || b.Low > Math.Min(b.Open, b.Close));
        Assert.DoesNotContain(bars, b => !(IsRound(b.Open) && IsRound(b.High) && IsRound(b.Low) && IsRound(b.Close)));
    }

    [Fact]
    public void A_symbols_bars_do_not_depend_on_how_many_others_there_are()
    {
        var small = Markets.Of(5, 10);
        Assert.All(small.Symbols, s => Assert.Equal(Large.Bars(s.Ticker, Interval.Day), small.Bars(s.Ticker, Interval.Day)));
    }

    [Fact]
    public void A_longer_market_begins_as_a_shorter_one_but_for_closes_that_later_splits_adjust()
    {
        var shorter = Markets.Of(60, 10, end: new(2019, 6, 28));
        var adjusted = 0;
        foreach (var symbol in shorter.Symbols)
        {
            var before = shorter.History(symbol.Ticker).Days;
            var after = Large.History(symbol.Ticker).Days.Take(before.Count).ToList();
            Assert.Equal(before.Select(b => b with { AdjClose = 0 }), after.Select(b => b with { AdjClose = 0 }));
            adjusted += before.SequenceEqual(after) ? 0 : 1;
        }

        Assert.InRange(adjusted, 1, shorter.Symbols.Count - 1);
    }

    [Fact]
    public void A_split_halves_the_close_and_leaves_the_adjusted_close_continuous()
    {
        var kinds = new HashSet<(int, int)>();
        foreach (var history in Histories)
        {
            foreach (var split in history.Splits)
            {
                var at = history.Days.ToList().FindIndex(d => Timestamp.ToDate(d.Ts) >= split.Date);
                if (at > 0)
                {
                    var (before, after) = (history.Days[at - 1], history.Days[at]);
                    var change = after.AdjClose / before.AdjClose;
                    Assert.InRange(change, 0.45, 1.65);
                    Assert.Equal(change, after.Close / before.Close * split.New / split.Old, 0.02);
                    kinds.Add((split.New, split.Old));
                }
            }
        }

        Assert.Equal([(1, 10), (2, 1), (3, 1), (3, 2)], kinds.Order());
    }

    [Fact]
    public void Symbols_come_and_go_and_those_that_stay_have_done_better()
    {
        var fates = Large.Symbols.ToLookup(s => s.Fate);
        Assert.InRange(fates[Fate.Fails].Count(), 40, 120);
        Assert.InRange(fates[Fate.IsAcquired].Count(), 40, 120);
        Assert.InRange(Large.Symbols.Count(s => s.Listed > Large.Sessions[0]), 150, 250);
        Assert.All(Histories, h => Assert.Equal(h.Symbol.Listed, Timestamp.ToDate(h.Days[0].Ts)));
        Assert.All(Histories.Where(h => h.Symbol.Fate != Fate.Survives), h => Assert.Equal(h.Symbol.Last, Timestamp.ToDate(h.Days[^1].Ts)));

        double Growth(IEnumerable<SyntheticHistory> histories) => histories.Average(h => Math.Log(h.Days[^1].AdjClose / h.Days[0].AdjClose) / h.Days.Count * 252);
        Assert.True(Growth(Histories.Where(h => h.Symbol.Fate == Fate.Survives)) > Growth(Histories) + 0.02);
        Assert.InRange(Growth(Histories), -0.25, 0.25);
    }

    [Fact]
    public void A_few_symbols_miss_sessions()
    {
        var gappy = Histories.Where(h => h.Missing > 0).ToList();
        Assert.InRange(gappy.Count, 5, 50);
        Assert.All(Histories, h => Assert.Equal(
            h.Missing, Large.Sessions.Count(s => s >= h.Symbol.Listed && s <= Timestamp.ToDate(h.Days[^1].Ts)) - h.Days.Count));
    }

    [Fact]
    public void Five_minute_bars_add_up_to_their_day()
    {
        var market = Markets.Of(8, 1);
        foreach (var symbol in market.Symbols)
        {
            var days = market.Bars(symbol.Ticker, Markets.FiveMinutes).GroupBy(b => Timestamp.ToDate(b.Ts)).Select(g => new Bar(
                symbol.Ticker, Timestamp.Of(g.Key), g.First().Open, g.Max(b => b.High), g.Min(b => b.Low), g.Last().Close, g.Last().AdjClose, g.Sum(b => b.Volume)));
            Assert.Equal(market.History(symbol.Ticker).Days, days);
        }

        var bars = market.Bars(market.Symbols[0].Ticker, Markets.FiveMinutes).Where(b => Timestamp.ToDate(b.Ts).Month == 5).Chunk(78).ToList();
        Assert.True(bars.Sum(d => d[0].Volume + d[^1].Volume) > 2 * bars.Sum(d => d[38].Volume + d[39].Volume)); // the volume's U
    }

    [Fact]
    public void Volatility_comes_in_clusters_and_volume_with_moves()
    {
        var moves = Histories[3].Days.Zip(Histories[3].Days.Skip(1), (a, b) => (Move: Math.Abs(Math.Log(b.AdjClose / a.AdjClose)), b.Volume)).ToList();
        Assert.InRange(Correlation(moves.Zip(moves.Skip(1), (a, b) => (Math.Min(a.Move, 0.1), Math.Min(b.Move, 0.1)))), 0.03, 0.6);
        Assert.InRange(Correlation(moves.Select(m => (Math.Min(m.Move, 0.1), Math.Log(m.Volume)))), 0.1, 0.9);
    }

    [Fact]
    public void Tickers_differ()
    {
        var tickers = Enumerable.Range(0, 100_000).Select(Tickers.Of).ToList();
        Assert.Equal(tickers.Count, tickers.Distinct().Count());
        Assert.All(tickers, t => Assert.Matches("^[A-Z]{4,5}$", t));
    }

    [Theory]
    [InlineData(0, 1, "2024-12-31", "symbols")]
    [InlineData(100_001, 1, "2024-12-31", "symbols")]
    [InlineData(1, 0, "2024-12-31", "years")]
    [InlineData(1, 51, "2024-12-31", "years")]
    [InlineData(1, 2, "2022-12-31", "can't end on 2022-12-31")]
    public void A_setting_out_of_range_is_refused(int count, int years, string end, string says) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => Markets.Of(count, years, end: DateOnly.Parse(end))).Message);

    [Fact]
    public void An_unknown_symbol_or_interval_is_refused()
    {
        Assert.Null(Large.Find("IBM"));
        Assert.Contains("IBM", Assert.Throws<ArgumentException>(() => Large.History("IBM")).Message);
        Assert.Contains("1h", Assert.Throws<FormatException>(() => Large.Bars(Large.Symbols[0].Ticker, Interval.Parse("1h"))).Message);
        Assert.Equal(Large.Symbols[0], Large.Find(Large.Symbols[0].Ticker));
    }

    private static bool IsRound(double price) => price == Math.Round(price, 4);

    private static double Correlation(IEnumerable<(double X, double Y)> pairs)
    {
        var list = pairs.ToList();
        double mx = list.Average(p => p.X), my = list.Average(p => p.Y);
        return list.Sum(p => (p.X - mx) * (p.Y - my)) / Math.Sqrt(list.Sum(p => (p.X - mx) * (p.X - mx)) * list.Sum(p => (p.Y - my) * (p.Y - my)));
    }
}
