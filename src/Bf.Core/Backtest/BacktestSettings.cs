namespace Bf.Core.Backtest;

/// <summary>How a backtest trades: capital, sizes, costs, holding time, stops and the span it covers. Rates are fractions, times microseconds since 1970-01-01 UTC.</summary>
public sealed record BacktestSettings
{
    /// <summary>An order without a bar to fill it on ten dates lapses.</summary>
    public const int FillDates = 10;

    /// <summary>A held symbol without a bar on more than ten dates counts as delisted.</summary>
    public const int SilentDates = 10;

    /// <summary>Symbols are ranked by the median turnover of their last twenty bars.</summary>
    public const int TurnoverBars = 20;

    /// <summary>
    /// Shorts are bought back when the equity is less than this fraction of their value: the 30 % of FINRA Rule 4210(c)(3),
    /// without its minima a share, which adjusted prices could not tell.
    /// </summary>
    public const double MaintenanceMargin = 0.30;

    /// <summary>Cash at the start, in the currency of the prices.</summary>
    public double InitialCapital { get; init; } = 100_000;

    /// <summary>How much of the equity each position gets.</summary>
    public PositionSizing Sizing { get; init; }

    /// <summary>
    /// What one position costs at most, commission included, as a fraction of the equity at the signal's close, in (0, 1]; but for a
    /// volatility target, no more than 1 / size symbols are then ordered. Null: no limit; the equity is shared by all that are ordered.
    /// The share of an order that is never filled stays cash, because who will have a bar is not known at the signal.
    /// </summary>
    public double? PositionSize { get; init; }

    /// <summary>The volatility a year that <see cref="PositionSizing.Volatility"/> aims at.</summary>
    public double TargetVolatility { get; init; } = 0.10;

    /// <summary>The last closes' returns of which a symbol's volatility is made; with fewer than half of them known it is not ordered. At least 5.</summary>
    public int VolatilityDays { get; init; } = 60;

    /// <summary>The most symbols ordered on one signal, and so held at once, the most traded first. Null: every member.</summary>
    public int? MaxPositions { get; init; }

    /// <summary>When orders are filled.</summary>
    public FillTime Fill { get; init; }

    /// <summary>Dates by which every fill of a decision comes later than <see cref="Fill"/> says; what a day's hesitation would have cost. At least 0.</summary>
    public int Delay { get; init; }

    /// <summary>
    /// Commission on the traded value, on each side. The default, 10 basis points, is more than large US stocks cost today
    /// and about what small ones did over the past decades: where a backtest must err, it should err on the dear side.
    /// </summary>
    public double CommissionRate { get; init; } = 0.001;

    /// <summary>How much worse than the quoted price a fill is, on each side: half a spread and the order's own impact, 5 basis points unless told otherwise.</summary>
    public double SlippageRate { get; init; } = 0.0005;

    /// <summary>What borrowing shares costs a year, on the market value of the shorts. The default, 1 %, is an assumption: what is hard to borrow costs many times that.</summary>
    public double BorrowRate { get; init; } = 0.01;

    /// <summary>What cash earns a year; what short sales brought earns nothing.</summary>
    public double CashRate { get; init; }

    /// <summary>The part of a delisted symbol's last close that a holder does not get. A short gains nothing by it.</summary>
    public double DelistingHaircut { get; init; }

    /// <summary>Dates of the market's calendar from the entry to the first on which a position may be closed; at least 1. Null: no end.</summary>
    public int? HoldDays { get; init; } = 60;

    /// <summary>The loss against the entry price at which a position is closed, in (0, 1). Null: none.</summary>
    public double? StopLoss { get; init; }

    /// <summary>The fall from the best close since the entry at which a position is closed, in (0, 1); for a short the rise. Null: none.</summary>
    public double? TrailingStop { get; init; }

    /// <summary>The gain against the entry price at which a position is closed, above 0, for a short below 1. Null: none.</summary>
    public double? TakeProfit { get; init; }

    /// <summary>The first instant of the span: earlier signals are left out, earlier bars still rank symbols. Null: the calendar's first date.</summary>
    public long? From { get; init; }

    /// <summary>The last instant of the span, inclusive: nothing after it is looked at. Null: the calendar's last date.</summary>
    public long? To { get; init; }

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentException">A field is out of its range; <see cref="ArgumentException.ParamName"/> is its name.</exception>
    public void Validate()
    {
        Require(double.IsFinite(InitialCapital) && InitialCapital > 0, nameof(InitialCapital), InitialCapital, "a number above 0");
        Require(Sizing is PositionSizing.Equal or PositionSizing.Fixed or PositionSizing.Volatility, nameof(Sizing), Sizing, "equal, fixed or volatility");
        Require(PositionSize is null or (> 0 and <= 1), nameof(PositionSize), PositionSize, "a fraction above 0 and at most 1");
        Require(Sizing != PositionSizing.Fixed || PositionSize is not null, nameof(PositionSize), "not given", "a fraction where the size is fixed");
        Require(TargetVolatility is > 0 and <= 10, nameof(TargetVolatility), TargetVolatility, "a fraction above 0 and at most 10");
        Require(VolatilityDays is >= 5 and <= 2520, nameof(VolatilityDays), VolatilityDays, "from 5 to 2520");
        Require(MaxPositions is null or >= 1, nameof(MaxPositions), MaxPositions, "at least 1");
        Require(Fill is FillTime.NextOpen or FillTime.SameClose, nameof(Fill), Fill, "the next open or the same close");
        Require(Delay is >= 0 and <= 1000, nameof(Delay), Delay, "from 0 to 1000");
        RequireRate(CommissionRate, nameof(CommissionRate));
        RequireRate(SlippageRate, nameof(SlippageRate));
        RequireRate(BorrowRate, nameof(BorrowRate));
        RequireRate(CashRate, nameof(CashRate));
        RequireRate(DelistingHaircut, nameof(DelistingHaircut));
        Require(HoldDays is null or >= 1, nameof(HoldDays), HoldDays, "at least 1");
        Require(StopLoss is null or (> 0 and < 1), nameof(StopLoss), StopLoss, "a fraction above 0 and below 1");
        Require(TrailingStop is null or (> 0 and < 1), nameof(TrailingStop), TrailingStop, "a fraction above 0 and below 1");
        Require(TakeProfit is null or (> 0 and < double.PositiveInfinity), nameof(TakeProfit), TakeProfit, "a fraction above 0");
        Require(From is null || To is null || From <= To, nameof(To), To, "no earlier than From");
    }

    private static void RequireRate(double rate, string field) => Require(rate is >= 0 and < 1, field, rate, "a fraction from 0 to below 1");

    private static void Require(bool holds, string field, object? value, string wanted)
    {
        if (!holds)
        {
            throw new ArgumentException($"{field} is {value}, but must be {wanted}", field);
        }
    }
}
