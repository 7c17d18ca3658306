namespace Bf.Serve.Report.Parts;

/// <summary>What the backtest says, in sentences.</summary>
internal static class BacktestFindings
{
    /// <summary>Growth a year, beside that of doing nothing.</summary>
    public static string Headline(ReportBacktest b) =>
        b.Confidence is { Taken: 0 } ? $"{b.Title}: no signal was traded{(!IsShort(b) && b.IndexFigures?.Cagr is { } held ? $", while holding the index made {Format.SignedPercent(held, 1)} a year" : "")}"
        : b.Figures?.Cagr is not { } own ? $"{b.Title}: too few dates to say what it made"
        : IsShort(b) ? $"{b.Title}: {Format.SignedPercent(b.Figures.TotalReturn, 1)} in less than a year{(b.IndexFigures is { } beside ? $", where holding the index made {Format.SignedPercent(beside.TotalReturn, 1)}" : "")}"
        : b.IndexFigures?.Cagr is { } index ? $"{b.Title}: {Format.SignedPercent(own, 1)} a year, where holding the index made {Format.SignedPercent(index, 1)}"
        : $"{b.Title}: {Format.SignedPercent(own, 1)} a year";

    /// <summary>Whether it is over in less than a year: growth a year would then be made of weeks, and is not what to read first.</summary>
    public static bool IsShort(ReportBacktest b) => b.Ts is [] || b.Ts[^1] - b.Ts[0] < 360 * 86_400_000_000;

    /// <summary>What stands behind it, in a few sentences.</summary>
    public static string Lede(ReportBacktest b)
    {
        if (b.Figures is not { } own || b.Ts is [])
        {
            return "Choose a wider range of dates and run it again.";
        }

        if (b.Confidence is { Taken: 0 })
        {
            return $"From {Format.Day(b.Ts[0])} to {Format.Day(b.Ts[^1])} {(b.Confidence.Fired is > 0 and var fired ? $"{Format.Count(fired, "signal")} fired and none could be traded" : "it never fired")}: there is nothing to judge. Choose a wider range of dates or another signal.";
        }

        var text = $"From {Format.Day(b.Ts[0])} to {Format.Day(b.Ts[^1])} it {Result(own.TotalReturn)} after costs, with a deepest fall of {Format.Percent(-own.MaxDrawdown)}";
        text += b.IndexFigures is { } index ? $"; the index {Result(index.TotalReturn)}, its deepest fall {Format.Percent(-index.MaxDrawdown)}." : ".";
        text += b.Exposure is [] ? "" : $" {Format.Percent(b.Exposure.Average())} of the equity was invested on average.";
        return b.Confidence is { } c ? $"{text} All of it rests on {Format.Count(c.Taken, "signal")}, however many trades they caused." : text;
    }

    private static string Result(double? total) => $"{(total < 0 ? "lost" : "gained")} {Format.Percent(total is { } t ? Math.Abs(t) : null)}";
}
