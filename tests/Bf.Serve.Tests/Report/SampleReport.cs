using Bf.Core.Backtest;
using Bf.Core.Statistics;
using Bf.Serve.Report;

namespace Bf.Serve.Tests.Report;

/// <summary>A report whose figures come from formulas: the same each time, shaped like a market's.</summary>
internal static class SampleReport
{
    private static readonly long Start = (long)(new DateTime(2014, 1, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMicroseconds;

    public static long[] Dates(int n) => [.. Enumerable.Range(0, n).Select(i => Start + ((i / 5 * 7) + (i % 5)) * 86_400_000_000L)];

    public static ReportModel Of(int dates = 600, string name = "sample")
    {
        var ts = Dates(dates);
        double?[] Wave(double middle, double height, double period, int undefined = 0) =>
            [.. Enumerable.Range(0, dates).Select(i => i < undefined ? (double?)null : middle + (height * Math.Sin(i / period)))];
        double?[] index = [.. Enumerable.Range(0, dates).Select(i => (double?)(100 * Math.Exp((i / 900.0) + (0.1 * Math.Sin(i / 40.0)))))];
        return new()
        {
            Universe = new(name, 100, "1d", PointInTime: false, "not point-in-time: <who> failed is missing"),
            Run = new("run-1", "1 Jan 2025 00:00 UTC", "a formula", [new("bf", "0.1.0")], [new("seed", "1")]),
            Series = new()
            {
                Ts = ts,
                IndexEw = index,
                AdLine = Wave(500, 300, 50),
                MccOsc = Wave(0, 80, 12, 1),
                MccSum = Wave(-500, 900, 60, 1),
                PctAbove50 = Wave(55, 40, 30, Math.Min(dates, 49)),
                PctAbove200 = Wave(60, 30, 70, Math.Min(dates, 199)),
                NewHighs = Wave(12, 11, 20, Math.Min(dates, 251)),
                NewLows = Wave(6, 5, 25, Math.Min(dates, 251)),
                UpVolumeShare = Wave(0.5, 0.4, 4, 1),
                Score = Wave(55, 35, 33, Math.Min(dates, 199)),
                Thin = dates > 90 ? [new(ts[80], 57, 100), new(ts[81], 1, 100)] : [],
            },
            LastDay = Day(ts[^1]),
            Detectors = [new("zbt_ema", "Zweig", "The EMA rises."), new("never", "Never fires", "It does not.")],
            Thrusts = [.. Enumerable.Range(1, dates / 100).Select(i => new ReportThrust("zbt_ema", ts[(i * 100) - 15], 0.63, 0.615, 7, [0.01, -0.02, 0.05, null, null]))],
            FollowUps = [new("zbt_ema", 20, 4, 0.031, 0.75, 0.018), new("zbt_ema", 60, 6, 0.052, 0.8, 0.054)],
            Backtest = Backtest(ts, index),
        };
    }

    public static ReportDay Day(long ts) => new()
    {
        Ts = ts,
        Advances = 72,
        Declines = 26,
        Unchanged = 2,
        Issues = 100,
        UpVolumeShare = 0.812,
        PctAbove50 = 64,
        PctAbove200 = 59,
        NewHighs = 12,
        NewLows = 1,
        MccOsc = -45.25,
        MccSum = -6315.9,
        Score = 71.5,
        State = ReportState.Buy,
        Parts = [new("Participation", 64, 0.5, "above the 50-day mean"), new("Trend", null, 0.5, "above the 200-day mean")],
    };

    /// <summary>The least there can be: one date, nothing known of it.</summary>
    public static ReportModel Bare(int dates = 1) => new()
    {
        Universe = new("bare", 1, "1d", PointInTime: true, "point-in-time: members by date"),
        Run = new("run-0", "never", "nowhere", [], []),
        Series = new() { Ts = Dates(dates), IndexEw = new double?[dates], Score = new double?[dates] },
    };

    private static ReportBacktest Backtest(long[] ts, double?[] index)
    {
        ReportCurve Curve(double power)
        {
            var high = 0.0;
            double?[] value = [.. index.Select(v => (double?)Math.Pow(v!.Value, power))];
            return new(value, [.. value.Select(v => (double?)((v!.Value / (high = Math.Max(high, v.Value))) - 1))]);
        }

        return new()
        {
            Description = "Buys when the score reaches 60.",
            Ts = ts,
            Strategy = Curve(0.9),
            BuyAndHold = Curve(1),
            Basket = Curve(1.1),
            Metrics = [new("Total return", "", ReportUnit.Percent, 1.234, 0.5, null), new("Final value", "from 100,000", ReportUnit.Money, 1234567.8, null, null), new("Sharpe ratio", "", ReportUnit.Ratio, -0.456, null, null)],
            Episodes = [new("Score from 60 up", ts[0], null, [new("AAA", ts[0], 12.5, ts[^1], 11, 1500, 3.2, -2253.2), new("BBB", ts[0], 12.5, null, null, 10.5, null, null)])],
        };
    }

    /// <summary>The same with all that a backtest's page can show.</summary>
    public static ReportModel Whole(int dates = 600)
    {
        var m = Of(dates);
        var ts = m.Series.Ts;
        double[] equity = [.. m.Backtest!.Strategy.Value.Select(v => v!.Value)], index = [.. m.Backtest.BuyAndHold!.Value.Select(v => v!.Value)];
        return m with
        {
            BacktestFirst = true,
            Evaluation = new(Results(), 10_000, 1, "zbt_ema"),
            Backtest = m.Backtest with
            {
                Title = "Zweig, held 60 dates",
                Figures = Performance.Of(ts, equity) with { Cagr = 0.0934, Sharpe = 0.5512, MaxDrawdown = -0.3281 },
                IndexFigures = Performance.Of(ts, index) with { Cagr = 0.2211, Sharpe = 1.034, MaxDrawdown = -0.3391 },
                Exposure = [.. ts.Select((_, i) => (double?)(i % 4 < 2 ? 1 : 0))],
                RollingSharpe = [.. ts.Select((_, i) => i < 252 ? (double?)null : Math.Sin(i / 40.0))],
                IndexRollingSharpe = [.. ts.Select((_, i) => i < 252 ? (double?)null : 0.5)],
                Months = CalendarReturns.ByMonth(ts, equity),
                Years = CalendarReturns.ByYear(ts, equity),
                IndexYears = CalendarReturns.ByYear(ts, index),
                Taken = [ts[10], ts[200]],
                Skipped = [new(ts[20], "Zweig", "an earlier one was still held")],
                Costs = new([new("Commission", "0.10 % on each side", 1899, 0.0022), new("Slippage", "0.05 % on each side", 949, 0.0011)], new("All costs", "", 2848, 0.0033), 82_000, 0.0971),
                Cases =
                [
                    new("costs", "no costs", false, 0.0971, 0.57, -0.32, 183_615, 0), new("costs", "its own costs", true, 0.0934, 0.55, -0.328, 179_530, 2848), new("costs", "three times the costs", false, 0.0853, 0.52, -0.33, 171_631, 8335),
                    new("delay", "every fill a date later", false, 0.0916, 0.545, -0.328, 177_575, 2807),
                ],
                Confidence = new(0.921, 0.112, 800, 15, 8),
                Warnings = ["The bars have changed."],
            },
        };
    }

    private static EventResult[] Results()
    {
        static EventResult Of(string detector, int horizon, double lift, double? low, double? high, double? p, double? q) =>
            new(detector, new(horizon, new double?[p is null ? 0 : 9], p is null ? 0 : 9, 5, p is null ? null : 0.02 + lift, 0.019, 0.018, 0.6, -0.1, 500, 0.02, 0.55), low, high, p, q);
        return
        [
            Of("zbt_ema", 20, 0.0123, 0.004, 0.03, 0.0041, 0.0321), Of("zbt_ema", 60, -0.0456, -0.09, 0.02, 0.9612, 0.98),
            Of("never", 20, 0, null, null, null, null), Of("never", 60, 0, null, null, null, null),
        ];
    }
}
