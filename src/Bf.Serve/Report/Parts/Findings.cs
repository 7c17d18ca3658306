namespace Bf.Serve.Report.Parts;

/// <summary>What the figures say, in sentences: the headline and the charts' titles.</summary>
internal static class Findings
{
    /// <summary>The one sentence that a reader takes home.</summary>
    public static string Headline(ReportModel model)
    {
        if (model.Series.Ts is [])
        {
            return $"No breadth yet: {model.Universe.Name} has no bars in this range";
        }

        var sentence = model.LastDay is not { Issues: > 0 } day
            ? $"Breadth of {model.Universe.Name} up to {Format.Day(model.Series.Ts[^1])}"
            : Strength(day) is { } strength
                ? $"Breadth is {strength}: {Rose(day)}"
                : $"{Rose(day)} on {Format.Day(day.Ts)}";
        return LastThrust(model) is { } thrust ? $"{sentence}; {thrust}" : sentence;
    }

    /// <summary>What stands behind the headline, two or three sentences.</summary>
    public static string Lede(ReportModel model)
    {
        if (model.Series.Ts is [])
        {
            return "Import or fetch bars, or choose a wider range of dates, and make the report again.";
        }

        var parts = new List<string>();
        if (model.LastDay is { Issues: > 0 } day)
        {
            if (day.Score is { } score)
            {
                parts.Add($"On {Format.Day(day.Ts)} the breadth score stands at {Format.Number(score)} of 100{StateClause(day)}.");
            }

            if (day.PctAbove50 is not null || day.PctAbove200 is not null)
            {
                parts.Add(AboveMeans(day.PctAbove50, day.PctAbove200) + ".");
            }
        }

        if (WhatFollowed(model) is { } known)
        {
            parts.Add(known);
        }

        return parts.Count > 0 ? string.Join(' ', parts) : $"{Format.Count(model.Series.Ts.Length, "date")} of history are not enough to say more.";
    }

    public static string AboveMeans(double? pct50, double? pct200) =>
        pct200 is null ? $"{Format.Points(pct50)} of stocks stand above their 50-day average"
        : pct50 is null ? $"{Format.Points(pct200)} of stocks stand above their 200-day average"
        : $"{Format.Points(pct50)} of stocks stand above their 50-day average, {Format.Points(pct200)} above their 200-day one";

    /// <summary>"the last thrust was 14 trading days ago", or null where there are no detectors at all.</summary>
    private static string? LastThrust(ReportModel model)
    {
        if (model.Thrusts is [])
        {
            return model.Detectors is [] ? null : "no thrust fired in this range";
        }

        var bars = model.Series.Ts.Count(t => t > model.Thrusts.Max(x => x.Ts));
        var unit = model.Universe.Interval == "1d" ? "trading day" : "bar";
        return bars == 0 ? "a thrust has just fired" : $"the last thrust was {Format.Count(bars, unit)} ago";
    }

    /// <summary>What followed the thrusts of the catalogue's first detector with enough of them, at the horizon nearest to 60 bars.</summary>
    private static string? WhatFollowed(ReportModel model)
    {
        var known = model.FollowUps.Where(f => f is { Events: >= 5, MeanReturn: not null, BaseMean: not null });
        if (known.OrderBy(f => Array.FindIndex(model.Detectors, d => d.Name == f.Detector)).ThenBy(f => Math.Abs(f.Horizon - 60)).FirstOrDefault() is not { } f)
        {
            return null;
        }

        var title = TitleOf(model, f.Detector);
        var verb = f.MeanReturn < 0 ? "lost" : "gained";
        return $"After {f.Events} thrusts of the kind “{title}” the universe’s index {verb} {Format.Percent(Math.Abs(f.MeanReturn!.Value), 1)} on average in {f.Horizon} bars; after any date it was {Format.SignedPercent(f.BaseMean, 1)}.";
    }

    public static string TitleOf(ReportModel model, string detector) => model.Detectors.FirstOrDefault(d => d.Name == detector)?.Title ?? detector;

    private static string Rose(ReportDay day) => $"{Format.Number(day.Advances)} of {Format.Count(day.Issues, "stock")} rose";

    private static string? Strength(ReportDay day) => day.Score switch
    {
        null => null,
        >= ScoreBands.Buy => "strong",
        < ScoreBands.Sell => "weak",
        _ => "mixed",
    };

    // the state alone: it may be older than today's score, so the bands are no reason to give here
    private static string StateClause(ReportDay day) => day.State is { } state ? $", and the signal is {state.ToString().ToLowerInvariant()}" : "";
}
