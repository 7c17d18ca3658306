namespace Bf.Serve.Report;

/// <summary>The market's series by date: each has one entry a date of <see cref="Ts"/>, or none at all where it was not computed.</summary>
public sealed record ReportSeries
{
    /// <summary>The dates, microseconds since 1970-01-01 UTC, strictly ascending.</summary>
    public required long[] Ts { get; init; }

    /// <summary>The universe's equal-weight index.</summary>
    public double?[] IndexEw { get; init; } = [];

    /// <summary>The running sum of advances less declines.</summary>
    public double?[] AdLine { get; init; } = [];

    /// <summary>The ratio-adjusted McClellan oscillator.</summary>
    public double?[] MccOsc { get; init; } = [];

    /// <summary>The McClellan summation index.</summary>
    public double?[] MccSum { get; init; } = [];

    /// <summary>Percent (0 to 100) of the eligible symbols above the mean of their last 50 closes.</summary>
    public double?[] PctAbove50 { get; init; } = [];

    /// <summary>Percent (0 to 100) of the eligible symbols above the mean of their last 200 closes.</summary>
    public double?[] PctAbove200 { get; init; } = [];

    /// <summary>Symbols at the highest of their last 252 closes.</summary>
    public double?[] NewHighs { get; init; } = [];

    /// <summary>Symbols at the lowest of their last 252 closes.</summary>
    public double?[] NewLows { get; init; } = [];

    /// <summary>Volume of the advancing symbols over that of the advancing and declining ones (0 to 1).</summary>
    public double?[] UpVolumeShare { get; init; } = [];

    /// <summary>The breadth score, 0 to 100.</summary>
    public double?[] Score { get; init; } = [];

    /// <summary>The dates on which unusually few symbols have a bar, ascending: marked in the charts, for their figures stand on little.</summary>
    public ReportThinDate[] Thin { get; init; } = [];
}

/// <summary>A date with thin coverage.</summary>
/// <param name="Ts">The date, microseconds since 1970-01-01 UTC.</param>
/// <param name="Symbols">Symbols with a bar.</param>
/// <param name="Usual">How many were usual by then.</param>
public sealed record ReportThinDate(long Ts, long Symbols, long Usual);
