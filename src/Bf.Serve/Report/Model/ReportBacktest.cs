using Bf.Core.Backtest;

namespace Bf.Serve.Report;

/// <summary>A backtest beside what it has to beat.</summary>
public sealed record ReportBacktest
{
    /// <summary>What was traded, in a few words.</summary>
    public string Title { get; init; } = "The strategy";

    /// <summary>What was traded, by which rule and at what cost, in a sentence or two.</summary>
    public required string Description { get; init; }

    /// <summary>The dates of the curves, microseconds since 1970-01-01 UTC, strictly ascending.</summary>
    public required long[] Ts { get; init; }

    /// <summary>The strategy.</summary>
    public required ReportCurve Strategy { get; init; }

    /// <summary>The universe, bought at the start and held; null where there is none.</summary>
    public ReportCurve? BuyAndHold { get; init; }

    /// <summary>The traded symbols, bought at the start and held; null where there is none.</summary>
    public ReportCurve? Basket { get; init; }

    /// <summary>The strategy's figures; null where the page is to have no tiles and no headline of them.</summary>
    public Performance? Figures { get; init; }

    /// <summary>Those of holding the universe's index; null where there is none.</summary>
    public Performance? IndexFigures { get; init; }

    /// <summary>The invested fraction of the equity, an entry a date, or empty.</summary>
    public double?[] Exposure { get; init; } = [];

    /// <summary>The strategy's Sharpe ratio over the last 252 returns, an entry a date, or empty.</summary>
    public double?[] RollingSharpe { get; init; } = [];

    /// <summary>The same of the index.</summary>
    public double?[] IndexRollingSharpe { get; init; } = [];

    /// <summary>The strategy's returns by month, in order of time.</summary>
    public IReadOnlyList<CalendarReturn> Months { get; init; } = [];

    /// <summary>Those by year.</summary>
    public IReadOnlyList<CalendarReturn> Years { get; init; } = [];

    /// <summary>The index's returns by year.</summary>
    public IReadOnlyList<CalendarReturn> IndexYears { get; init; } = [];

    /// <summary>The signals that were traded: when, microseconds since 1970-01-01 UTC, ascending.</summary>
    public long[] Taken { get; init; } = [];

    /// <summary>The signals that were not traded.</summary>
    public ReportSkipped[] Skipped { get; init; } = [];

    /// <summary>What trading cost; null where it is not known.</summary>
    public ReportCosts? Costs { get; init; }

    /// <summary>The same strategy at other costs and later fills; empty where it was not run again.</summary>
    public ReportCase[] Cases { get; init; } = [];

    /// <summary>How sure the record makes; null where it is not known.</summary>
    public ReportConfidence? Confidence { get; init; }

    /// <summary>What a reader must know before believing any of it, a sentence or two each.</summary>
    public string[] Warnings { get; init; } = [];

    /// <summary>The measures, in the order of the table.</summary>
    public ReportMetric[] Metrics { get; init; } = [];

    /// <summary>The trades by the signal that opened them.</summary>
    public ReportEpisode[] Episodes { get; init; } = [];
}

/// <summary>The value of a holding by date.</summary>
/// <param name="Value">Its value, in money or from 1: the page shows it from 100.</param>
/// <param name="Drawdown">Its fall from the highest value so far, 0 or less (-0.2 is 20 % below).</param>
public sealed record ReportCurve(double?[] Value, double?[] Drawdown);

/// <summary>A measure of the three curves.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it measures, in a few words; may be empty.</param>
/// <param name="Unit">How it is shown.</param>
/// <param name="Strategy">The strategy's.</param>
/// <param name="BuyAndHold">That of buying and holding the universe.</param>
/// <param name="Basket">That of holding the traded symbols.</param>
public sealed record ReportMetric(string Name, string Meaning, ReportUnit Unit, double? Strategy, double? BuyAndHold, double? Basket);

/// <summary>How a measure is shown.</summary>
public enum ReportUnit
{
    /// <summary>A fraction, shown as per cent.</summary>
    Percent,
    /// <summary>A number with two decimals.</summary>
    Ratio,
    /// <summary>A whole number.</summary>
    Count,
    /// <summary>A whole number of days.</summary>
    Days,
    /// <summary>Money, in whole units.</summary>
    Money,
}

/// <summary>The trades that one signal opened.</summary>
/// <param name="Signal">The signal, in words.</param>
/// <param name="From">When it began, microseconds since 1970-01-01 UTC.</param>
/// <param name="To">When it ended; null while it lasts.</param>
/// <param name="Trades">Its trades.</param>
public sealed record ReportEpisode(string Signal, long From, long? To, ReportTrade[] Trades);

/// <summary>A trade; what is null is still open.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="EntryTs">When it was entered.</param>
/// <param name="EntryPrice">At what price.</param>
/// <param name="ExitTs">When it was left.</param>
/// <param name="ExitPrice">At what price.</param>
/// <param name="Shares">How many.</param>
/// <param name="Costs">Commission, slippage and borrowing.</param>
/// <param name="Pnl">Profit or loss after costs.</param>
/// <param name="Return">The same as a fraction of what was put in.</param>
/// <param name="Reason">Why it was left, in words; null while open.</param>
/// <param name="Short">Whether it was sold short.</param>
public sealed record ReportTrade(
    string Symbol, long EntryTs, double? EntryPrice, long? ExitTs, double? ExitPrice, double Shares, double? Costs, double? Pnl, double? Return = null, string? Reason = null, bool Short = false);

/// <summary>A signal that was not traded.</summary>
/// <param name="Ts">When it fired.</param>
/// <param name="Signal">The signal, in words.</param>
/// <param name="Why">Why not, in words.</param>
public sealed record ReportSkipped(long Ts, string Signal, string Why);
