namespace Bf.Jobs.Telemetry.Prometheus;

/// <summary>A metric with its series, one for each set of labels. Not safe for several threads: its owner locks.</summary>
/// <param name="name">Its name in Prometheus; of a histogram without the endings.</param>
/// <param name="kind">What its figures are.</param>
/// <param name="meaning">What it says.</param>
internal sealed class MetricFamily(string name, MetricKind kind, string meaning)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>What its figures are.</summary>
    public MetricKind Kind => kind;

    /// <summary>What it says.</summary>
    public string Meaning => meaning;

    /// <summary>Whether a value of a counter is to be added; one that is looked up is the sum already.</summary>
    public bool Adds { get; init; } = true;

    /// <summary>The upper bounds of a histogram's buckets, but for the last, which has none.</summary>
    public IReadOnlyList<double> Bounds { get; init; } = [];

    /// <summary>The series by their labels, as text.</summary>
    public SortedDictionary<string, MetricSeries> Series { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes a value.</summary>
    /// <param name="labels">The labels, as text.</param>
    /// <param name="value">The value.</param>
    /// <param name="most">So many series there may be.</param>
    public void Record(string labels, double value, int most)
    {
        if (!Series.TryGetValue(labels, out var series))
        {
            if (Series.Count >= most)
            {
                return;
            }

            Series[labels] = series = new(Bounds.Count);
        }

        switch (kind)
        {
            case MetricKind.Counter:
                series.Value = Adds ? series.Value + value : value;
                break;
            case MetricKind.Gauge:
                series.Value = value;
                break;
            default:
                series.Value += value;
                series.Count++;
                for (var i = 0; i < Bounds.Count; i++)
                {
                    series.UpTo[i] += value <= Bounds[i] ? 1 : 0;
                }

                break;
        }
    }
}

/// <summary>A series: its value, or a histogram's sum and counts.</summary>
/// <param name="bounds">The number of bounds.</param>
internal sealed class MetricSeries(int bounds)
{
    /// <summary>The value; of a histogram the sum.</summary>
    public double Value { get; set; }

    /// <summary>The number of a histogram's values.</summary>
    public long Count { get; set; }

    /// <summary>How many of them are at most as high as each bound.</summary>
    public long[] UpTo { get; } = new long[bounds];
}
