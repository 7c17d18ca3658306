namespace Bf.Core.Backtest;

/// <summary>How a backtest trades: capital, sizes, costs, holding time and the span it covers. Rates are fractions, times microseconds since 1970-01-01 UTC.</summary>
public sealed record BacktestSettings
{
    /// <summary>An order without a bar to fill it on the first ten dates after its signal lapses.</summary>
    public const int FillDates = 10;

    /// <summary>A held symbol without a bar on more than ten dates counts as delisted.</summary>
    public const int SilentDates = 10;

    /// <summary>Symbols are ranked by the median turnover of their last twenty bars.</summary>
    public const int TurnoverBars = 20;

    /// <summary>Cash at the start, in the currency of the prices.</summary>
    public double InitialCapital { get; init; } = 100_000;

    /// <summary>
    /// What one position costs, commission included, as a fraction of the equity at the signal's close, in (0, 1]; no more than
    /// 1 / size symbols are then bought. Null: the equity is shared equally by all that are ordered;
    /// the share of an order that is never filled stays cash, because who will have a bar is not known at the signal.
    /// </summary>
    public double? PositionSize { get; init; }

    /// <summary>The most symbols bought on one signal, the most traded first. Null: every member.</summary>
    public int? MaxPositions { get; init; }

    /// <summary>
    /// Commission on the traded value, on each side. The default, 10 basis points, is more than large US stocks cost today
    /// and about what small ones did over the past decades: where a backtest must err, it should err on the dear side.
    /// </summary>
    public double CommissionRate { get; init; } = 0.001;

    /// <summary>How much worse than the open a fill is, on each side: half a spread and the order's own impact, 5 basis points unless told otherwise.</summary>
    public double SlippageRate { get; init; } = 0.0005;

    /// <summary>Dates of the market's calendar from the entry to the first on which a position may be sold; at least 1.</summary>
    public int HoldDays { get; init; } = 60;

    /// <summary>The first instant of the span: earlier signals are left out, earlier bars still rank symbols. Null: the calendar's first date.</summary>
    public long? From { get; init; }

    /// <summary>The last instant of the span, inclusive: nothing after it is looked at. Null: the calendar's last date.</summary>
    public long? To { get; init; }

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentException">A field is out of its range; <see cref="ArgumentException.ParamName"/> is its name.</exception>
    public void Validate()
    {
        Require(double.IsFinite(InitialCapital) && InitialCapital > 0, nameof(InitialCapital), InitialCapital, "a number above 0");
        Require(PositionSize is null or (> 0 and <= 1), nameof(PositionSize), PositionSize, "a fraction above 0 and at most 1");
        Require(MaxPositions is null or >= 1, nameof(MaxPositions), MaxPositions, "at least 1");
        Require(CommissionRate is >= 0 and < 1, nameof(CommissionRate), CommissionRate, "a fraction from 0 to below 1");
        Require(SlippageRate is >= 0 and < 1, nameof(SlippageRate), SlippageRate, "a fraction from 0 to below 1");
        Require(HoldDays >= 1, nameof(HoldDays), HoldDays, "at least 1");
        Require(From is null || To is null || From <= To, nameof(To), To, "no earlier than From");
    }

    private static void Require(bool holds, string field, object? value, string wanted)
    {
        if (!holds)
        {
            throw new ArgumentException($"{field} is {value}, but must be {wanted}", field);
        }
    }
}
