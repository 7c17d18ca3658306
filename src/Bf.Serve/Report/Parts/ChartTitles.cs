namespace Bf.Serve.Report.Parts;

/// <summary>A chart's title states what the chart shows of the present, or over the whole range.</summary>
internal static class ChartTitles
{
    /// <summary>How far back "lately" reaches, in bars.</summary>
    private const int Lately = 60;

    public static string Index(ReportModel m)
    {
        var (first, last) = Ends(m.Series.IndexEw);
        if (first is not { } a || last is not { } b || m.Series.IndexEw[a] is not > 0)
        {
            return "The universe's equal-weight index";
        }

        var change = m.Series.IndexEw[b]!.Value / m.Series.IndexEw[a]!.Value - 1;
        return $"The average stock {(change < 0 ? "lost" : "gained")} {Format.Percent(Math.Abs(change))} from {Format.Month(m.Series.Ts[a])} to {Format.Month(m.Series.Ts[b])}";
    }

    public static string Lanes(ReportModel m)
    {
        var last = m.Thrusts.MaxBy(t => t.Ts)!;
        var fired = m.Thrusts.Select(t => t.Detector).Distinct(StringComparer.Ordinal).Count();
        return $"{Format.Count(m.Thrusts.Length, "thrust")} by {Format.Count(fired, "detector")}; the last was {Findings.TitleOf(m, last.Detector)} on {Format.Day(last.Ts)}";
    }

    public static string AdLine(ReportModel m) => Change(m.Series.AdLine) switch
    {
        null => "Advances less declines, added up",
        > 0 and { } d => $"More stocks rose than fell over the last {Lately} bars: the advance/decline line gained {Format.Number(d)}",
        < 0 and { } d => $"More stocks fell than rose over the last {Lately} bars: the advance/decline line lost {Format.Number(-d)}",
        _ => $"As many stocks rose as fell over the last {Lately} bars",
    };

    public static string MccOsc(ReportModel m) => Last(m.Series.MccOsc) switch
    {
        > 0 and { } x => $"Advances gain on declines: the McClellan oscillator is at {Format.Signed(x)}",
        < 0 and { } x => $"Declines gain on advances: the McClellan oscillator is at {Format.Signed(x)}",
        _ => "The McClellan oscillator",
    };

    public static string MccSum(ReportModel m) => (Last(m.Series.MccSum), Change(m.Series.MccSum, 20)) switch
    {
        ({ } x, > 0) => $"The summation index is at {Format.Number(x)}, higher than 20 bars ago",
        ({ } x, < 0) => $"The summation index is at {Format.Number(x)}, lower than 20 bars ago",
        _ => "The McClellan summation index",
    };

    public static string Above(ReportModel m) => Findings.AboveMeans(Last(m.Series.PctAbove50), Last(m.Series.PctAbove200));

    public static string HighsLows(ReportModel m) => (Last(m.Series.NewHighs), Last(m.Series.NewLows)) switch
    {
        ({ } h, { } l) => $"{Format.Count((long)h, "stock")} at a 252-day high, {Format.Number(l)} at a low",
        _ => "Stocks at a 252-day high or low",
    };

    public static string Score(ReportModel m) => Last(m.Series.Score) switch
    {
        >= ScoreBands.Buy and { } x => $"The breadth score is at {Format.Number(x)}, in the buy band",
        < ScoreBands.Sell and { } x => $"The breadth score is at {Format.Number(x)}, in the sell band",
        { } x => $"The breadth score is at {Format.Number(x)}, between the bands",
        _ => "The breadth score",
    };

    public static string Equity(ReportBacktest b)
    {
        var text = $"100 became {Grown(b.Strategy)} with the strategy";
        text += b.BuyAndHold is { } hold ? $", {Grown(hold)} by holding the index" : "";
        return b.Basket is { } basket ? text + $", {Grown(basket)} in the basket held" : text;
    }

    public static string Drawdown(ReportBacktest b)
    {
        var text = $"The strategy’s deepest fall was {Deepest(b.Strategy)}";
        return b.BuyAndHold is { } hold ? text + $", that of the index {Deepest(hold)}" : text;
    }

    public static string Exposure(ReportBacktest b)
    {
        var dates = b.Exposure.Count(e => e > 0);
        return b.Exposure is [] ? "How much was invested" : $"Something was held on {Format.Percent((double)dates / b.Exposure.Length)} of the dates; on average {Format.Percent(b.Exposure.Average())} of the equity was invested";
    }

    public static string RollingSharpe(ReportBacktest b)
    {
        var (above, both) = (0, 0);
        for (var i = 0; i < b.RollingSharpe.Length && i < b.IndexRollingSharpe.Length; i++)
        {
            if (b.RollingSharpe[i] is { } own && b.IndexRollingSharpe[i] is { } index)
            {
                (above, both) = (above + (own > index ? 1 : 0), both + 1);
            }
        }

        return both == 0 ? "The Sharpe ratio, year after year" : $"Over the year before, the strategy’s Sharpe ratio beat the index’s on {Format.Percent((double)above / both)} of the dates";
    }

    private static string Grown(ReportCurve c) =>
        Ends(c.Value) is ({ } a, { } b) && c.Value[a] is > 0 and { } start ? Format.Number(100 * c.Value[b] / start) : Format.Undefined;

    private static string Deepest(ReportCurve c) => Format.Percent(-c.Drawdown.Min());

    private static double? Last(double?[] series) => series is [] ? null : series[^1];

    private static double? Change(double?[] series, int bars = Lately) => series.Length > bars ? series[^1] - series[^(bars + 1)] : null;

    private static (int? First, int? Last) Ends(double?[] series)
    {
        var first = Array.FindIndex(series, x => x is not null);
        return first < 0 ? (null, null) : (first, Array.FindLastIndex(series, x => x is not null));
    }
}
