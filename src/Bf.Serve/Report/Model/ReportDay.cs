namespace Bf.Serve.Report;

/// <summary>One date in figures.</summary>
public sealed record ReportDay
{
    /// <summary>The date, microseconds since 1970-01-01 UTC.</summary>
    public required long Ts { get; init; }

    /// <summary>Symbols that rose.</summary>
    public long Advances { get; init; }

    /// <summary>Symbols that fell.</summary>
    public long Declines { get; init; }

    /// <summary>Symbols that did neither.</summary>
    public long Unchanged { get; init; }

    /// <summary>Symbols with a bar and a bar before it.</summary>
    public long Issues { get; init; }

    /// <summary>Volume of the advancing symbols over that of the advancing and declining ones (0 to 1).</summary>
    public double? UpVolumeShare { get; init; }

    /// <summary>Percent (0 to 100) above the 50-bar mean.</summary>
    public double? PctAbove50 { get; init; }

    /// <summary>Percent (0 to 100) above the 200-bar mean.</summary>
    public double? PctAbove200 { get; init; }

    /// <summary>New 252-bar highs; null while no symbol has 252 bars.</summary>
    public long? NewHighs { get; init; }

    /// <summary>New 252-bar lows; null while no symbol has 252 bars.</summary>
    public long? NewLows { get; init; }

    /// <summary>The McClellan oscillator.</summary>
    public double? MccOsc { get; init; }

    /// <summary>The McClellan summation index.</summary>
    public double? MccSum { get; init; }

    /// <summary>The breadth score, 0 to 100.</summary>
    public double? Score { get; init; }

    /// <summary>What the score says; null where it is undefined.</summary>
    public ReportState? State { get; init; }

    /// <summary>The parts of the score.</summary>
    public ReportScorePart[] Parts { get; init; } = [];
}

/// <summary>What a score says.</summary>
public enum ReportState
{
    /// <summary>In the market.</summary>
    Buy,
    /// <summary>As before.</summary>
    Hold,
    /// <summary>Out of the market.</summary>
    Sell,
}

/// <summary>A part of the score; the score is the sum of value times weight.</summary>
/// <param name="Name">Its name, <c>Participation</c>, say.</param>
/// <param name="Value">Its value, 0 to 100; null where it is undefined.</param>
/// <param name="Weight">Its share of the score, 0 to 1.</param>
/// <param name="Meaning">What it measures, in a few words.</param>
public sealed record ReportScorePart(string Name, double? Value, double Weight, string Meaning);
