using Bf.Core.Backtest;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

public sealed class MetricTests
{
    // returns +10 %, -10 %, +20 %, 0
    private static readonly double[] Curve = [100, 110, 99, 118.8, 118.8];

    [Fact]
    public void Total_return_is_from_the_first_value_to_the_last() => Near(0.188, EquityMetrics.TotalReturn(Curve));

    [Fact]
    public void Growth_is_compounded_over_actual_days_of_a_year_of_365_and_a_quarter()
    {
        Near(0.21, EquityMetrics.Cagr([Day(0), Day(1461)], [100, 100 * Math.Pow(1.21, 4)]));
        Near(0.1, EquityMetrics.Cagr([Day(0), Day(7), Day(2922)], [100, 1, 100 * Math.Pow(1.1, 8)]));
    }

    [Fact]
    public void Volatility_is_the_sample_deviation_by_the_root_of_252()
    {
        // mean 0.05; squares 0.0025 + 0.0225 + 0.0225 + 0.0025 = 0.05; / 3
        Near(Math.Sqrt(0.05 / 3) * Math.Sqrt(252), EquityMetrics.AnnualVolatility(Curve));
        Near(2.0493901531919194, EquityMetrics.AnnualVolatility(Curve));
    }

    [Fact]
    public void Sharpe_is_mean_by_deviation() => Near(6.148170459575759, EquityMetrics.Sharpe(Curve)); // 0.05 / 0.12909944 x 15.8745

    [Fact]
    public void Sortino_counts_only_falls_but_over_all_dates() => Near(15.874507866387544, EquityMetrics.Sortino(Curve)); // 0.05 / sqrt(0.01 / 4) x 15.8745

    [Fact]
    public void What_is_undefined_is_null()
    {
        Assert.Null(EquityMetrics.TotalReturn([100]));
        Assert.Null(EquityMetrics.Cagr([Day(0)], [100]));
        Assert.Null(EquityMetrics.AnnualVolatility([100, 101]));
        Assert.Null(EquityMetrics.Sharpe([100, 101]));
        Assert.Null(EquityMetrics.Sharpe([100, 100, 100]));
        Assert.Null(EquityMetrics.Sharpe([.. Enumerable.Range(0, 50).Select(i => Math.Pow(1.01, i))]));
        Assert.Null(EquityMetrics.Sortino([100, 101, 102]));
        Assert.Null(EquityMetrics.Sortino([]));
        Assert.Null(EquityMetrics.TotalReturn([100, 0]));
        Assert.Null(EquityMetrics.TotalReturn([100, double.NaN, 100]));
        Assert.Equal(0, EquityMetrics.AnnualVolatility([100, 100, 100]));
    }

    [Fact]
    public void The_deepest_fall_has_a_peak_a_trough_and_a_recovery()
    {
        // -10 % first, then -25 % from the last date at 120
        var fall = Drawdown.Maximum([100, 90, 120, 120, 100, 90, 110, 120, 130]);
        Assert.Equal(new Drawdown(-0.25, 3, 5, 7, 4), fall);
    }

    [Fact]
    public void A_fall_without_recovery_lasts_to_the_end() =>
        Assert.Equal(new Drawdown(-0.5, 1, 2, null, 3), Drawdown.Maximum([50, 100, 50, 60, 70]));

    [Fact]
    public void A_curve_that_never_falls_has_a_drawdown_of_0_and_one_date_has_none()
    {
        Assert.Null(Drawdown.Maximum([1, 1, 2]));
        Assert.Equal(0, Performance.Of(Days(3), [1, 1, 2]).MaxDrawdown);
        Assert.Null(Performance.Of(Days(3), [1, 1, 2]).DrawdownPeakTs);
        Assert.Null(Performance.Of(Days(1), [1]).MaxDrawdown);
    }

    [Fact]
    public void Performance_gives_the_dates_of_the_fall()
    {
        var p = Performance.Of(Days(5), [50, 100, 50, 100, 70]);

        Assert.Equal((-0.5, Day(1), Day(2), Day(3), 2), (p.MaxDrawdown, p.DrawdownPeakTs, p.DrawdownTroughTs, p.DrawdownRecoveryTs, p.DrawdownDates));
        Assert.Throws<ArgumentException>(() => Performance.Of(Days(2), [1]));
    }

    [Fact]
    public void Trades_are_counted_closed_and_averaged_by_trade_and_by_episode()
    {
        // two episodes of A and B: A +50 % and B -20 %, then A and B both -50 %; a third is open
        var a = Bars("A", (0, 10, 10), (1, 10, 10), (2, 15, 15), (3, 20, 20), (4, 10, 10), (5, 10, 10), (6, 10, 10));
        var b = Bars("B", (0, 10, 10), (1, 10, 10), (2, 8, 8), (3, 8, 8), (4, 4, 4), (5, 4, 4), (6, 4, 4));
        var result = Of(7, a, b).Run(Free with { HoldDays = 1 }, 0, 2, 5);
        var s = result.Metrics.Trading;

        Assert.Equal([1000, 1000, 1150, 1150, 575, 575, 575], result.Values());
        Assert.Equal((6, 4, 3, 2), (s.Trades, s.ClosedTrades, s.Episodes, s.ClosedEpisodes));
        Near(0.25, s.HitRate);
        Near(0.5, s.EpisodeHitRate);
        Near((0.5 - 0.2 - 0.5 - 0.5) / 4, s.AverageTradeReturn);
        Near(3 / 7.0, s.AverageExposure);
        // bought 1000 + 1150 + 575, sold 1150 + 575; mean equity 6025 / 7; six days
        Near((2725 + 1725) / (6025 / 7.0) * 365.25 / 6, s.AnnualTurnover);
        Assert.Equal(0, s.Costs);
    }

    [Fact]
    public void Without_trades_there_are_no_rates()
    {
        var s = Of(3, Flat("A", 1, 1, [0, 1, 2])).Run(Free).Metrics.Trading;

        Assert.Equal((null, null, null), (s.HitRate, s.EpisodeHitRate, s.AverageTradeReturn));
        Assert.Equal((0.0, 0.0), (s.AverageExposure!.Value, s.AnnualTurnover!.Value));
    }
}
