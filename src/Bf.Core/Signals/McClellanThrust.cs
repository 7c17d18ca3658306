using Bf.Core.Breadth.Indicators;

namespace Bf.Core.Signals;

/// <summary>Net advances turn from losing to gaining momentum: the McClellan oscillator from below -50 to above 0 within 20 dates.</summary>
internal sealed class McClellanThrust(double low = -50, double high = 0, int window = 20) : Surge(McClellan.Oscillator, low, high, window)
{
    public override string Name => "mcc_thrust";

    public override string Title => "McClellan thrust";

    public override string Measures => "How fast net advances turn from losing to gaining momentum";

    public override string Source => "StockCharts ChartWatchers, A Breadth Thrust for the McClellan Oscillator (June 2010)";

    public override string Note =>
        "The article's thrust goes from below -50 to above +50 and names no number of days; this one is early, at the zero line, and within 20 dates. The oscillator is the ratio-adjusted one.";

    public override IReadOnlyList<DetectorParameter> Parameters =>
    [
        new("low", Low, -1000, 1000, "the oscillator must have been below this"),
        new("high", Threshold, -1000, 1000, "it must rise above this"),
        new("window", Window, 1, 250, "within so many dates"),
    ];

    private protected override Detector Of(double[] values) => new McClellanThrust(values[0], values[1], (int)values[2]);
}
