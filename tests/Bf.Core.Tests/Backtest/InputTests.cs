using Bf.Core.Backtest;
using Bf.Core.Market;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

public sealed class InputTests
{
    public static TheoryData<string, BacktestSettings> Wrong => new()
    {
        { nameof(BacktestSettings.InitialCapital), new() { InitialCapital = 0 } },
        { nameof(BacktestSettings.InitialCapital), new() { InitialCapital = double.PositiveInfinity } },
        { nameof(BacktestSettings.PositionSize), new() { PositionSize = 0 } },
        { nameof(BacktestSettings.PositionSize), new() { PositionSize = 1.01 } },
        { nameof(BacktestSettings.PositionSize), new() { PositionSize = double.NaN } },
        { nameof(BacktestSettings.MaxPositions), new() { MaxPositions = 0 } },
        { nameof(BacktestSettings.CommissionRate), new() { CommissionRate = -0.001 } },
        { nameof(BacktestSettings.CommissionRate), new() { CommissionRate = double.NaN } },
        { nameof(BacktestSettings.SlippageRate), new() { SlippageRate = 1 } },
        { nameof(BacktestSettings.HoldDays), new() { HoldDays = 0 } },
        { nameof(BacktestSettings.PositionSize), new() { Sizing = PositionSizing.Fixed } },
        { nameof(BacktestSettings.Sizing), new() { Sizing = (PositionSizing)9 } },
        { nameof(BacktestSettings.TargetVolatility), new() { TargetVolatility = 0 } },
        { nameof(BacktestSettings.VolatilityDays), new() { VolatilityDays = 4 } },
        { nameof(BacktestSettings.Fill), new() { Fill = (FillTime)2 } },
        { nameof(BacktestSettings.Delay), new() { Delay = -1 } },
        { nameof(BacktestSettings.BorrowRate), new() { BorrowRate = -0.1 } },
        { nameof(BacktestSettings.CashRate), new() { CashRate = double.NaN } },
        { nameof(BacktestSettings.DelistingHaircut), new() { DelistingHaircut = 1 } },
        { nameof(BacktestSettings.StopLoss), new() { StopLoss = 1 } },
        { nameof(BacktestSettings.TrailingStop), new() { TrailingStop = 0 } },
        { nameof(BacktestSettings.TakeProfit), new() { TakeProfit = 0 } },
        { nameof(BacktestSettings.To), new() { From = 2, To = 1 } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void A_setting_out_of_range_is_named(string field, BacktestSettings settings)
    {
        var error = Assert.Throws<ArgumentException>(settings.Validate);

        Assert.Equal(field, error.ParamName);
        Assert.StartsWith(field + " is ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_valid() => new BacktestSettings().Validate();

    [Fact]
    public void A_span_without_a_date_and_a_signal_outside_the_calendar_are_refused()
    {
        var market = Of(3, Flat("A", 1, 1, [0, 1, 2]));

        Assert.Throws<ArgumentException>(() => market.Run(Free with { From = Day(3) }));
        Assert.Throws<ArgumentException>(() => market.Run(Free with { From = Day(1) + 1, To = Day(2) - 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => market.Run(Free, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => market.Run(Free, -1));
        Assert.Equal(3, market.Run(Free with { From = long.MinValue, To = long.MaxValue, HoldDays = int.MaxValue }, 0).Equity.Count);
    }

    [Fact]
    public void Bars_are_adjusted_by_the_factor_of_their_close_and_their_turnover_is_not()
    {
        var history = PriceHistory.FromBars("A", Days(3), [8, 0, 7], [10, 20, 7], [5, 20, 7], [3, 4, 0]);

        Assert.Equal([4, double.NaN, 7], history.Open);
        Assert.Equal([5, 20, 7], history.Close);
        Assert.Equal([30, 80, 0], history.Turnover);
    }

    [Fact]
    public void A_split_leaves_the_profit_as_it_is()
    {
        // 2:1 before day 2: closes halve, adjusted closes before it are half of the quoted ones
        var split = PriceHistory.FromBars("A", Days(4), [20, 20, 10, 12], [20, 20, 10, 12], [10, 10, 10, 12], [1, 1, 1, 1]);

        Assert.Equal([1000, 1000, 1000, 1200], Of(4, split).Run(Free, 0).Values());
    }

    [Fact]
    public void Histories_and_markets_that_contradict_themselves_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new PriceHistory("A", [1, 1], [1, 1], [1, 1], [1, 1]));
        Assert.Throws<ArgumentException>(() => new PriceHistory("A", [1, 2], [1, 1], [1, 0], [1, 1]));
        Assert.Throws<ArgumentException>(() => new PriceHistory("A", [1, 2], [1, -1], [1, 1], [1, 1]));
        Assert.Throws<ArgumentException>(() => new PriceHistory("A", [1, 2], [1], [1, 1], [1, 1]));
        Assert.Throws<ArgumentException>(() => PriceHistory.FromBars("A", [1], [1], [double.NaN], [1], [1]));
        Assert.Throws<ArgumentException>(() => PriceHistory.FromBars("A", [1], [1], [1], [1], [1, 2]));
        Assert.Throws<ArgumentException>(() => new BacktestMarket([], Universe.All, [], []));
        Assert.Throws<ArgumentException>(() => new BacktestMarket([2, 1], Universe.All, [], [1, 1]));
        Assert.Throws<ArgumentException>(() => new BacktestMarket([1, 2], Universe.All, [], [1]));
        Assert.Throws<ArgumentException>(() => Of(2, Flat("A", 1, 1, [0]), Flat("A", 1, 1, [1])));
    }
}
