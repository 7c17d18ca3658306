namespace Bf.Jobs.Telemetry;

/// <summary>What a metric's figures are.</summary>
public enum MetricKind
{
    /// <summary>A sum that only grows.</summary>
    Counter,
    /// <summary>The present value.</summary>
    Gauge,
    /// <summary>A distribution: how many values, their sum, and how many up to each bound.</summary>
    Histogram,
}
