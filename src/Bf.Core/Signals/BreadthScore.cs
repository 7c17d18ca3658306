using Bf.Core.Breadth;

namespace Bf.Core.Signals;

/// <summary>
/// The score of a panel: 50 when participation is what it was on average in the last year, 100 when all four families
/// lie three standard deviations above, 0 when they lie three below.
/// </summary>
public sealed class BreadthScore
{
    /// <summary>The lowest score that says buy.</summary>
    public const double Buy = 60;

    /// <summary>The highest score that says sell.</summary>
    public const double Sell = 40;

    /// <summary>Standard deviations at which a family's z-score is cut off, on either side.</summary>
    public const double Cut = 3;

    /// <summary>The score, in words.</summary>
    public static readonly string Rule =
        $"score = 50 + 50 x mean(z) / {Cut:0}, z being each part's distance from the mean of its last {RollingZ.Window} dates " +
        $"(at least {RollingZ.Fewest} of them defined) in population standard deviations, cut off at +-{Cut:0}; " +
        $"buy from {Buy:0}, sell up to {Sell:0}, else hold; undefined until all parts are";

    private readonly BreadthPanel _panel;
    private readonly double[][] _inputs;
    private readonly ZScore[][] _z;

    /// <summary>Computes the score of every date, or of those from an index on.</summary>
    /// <param name="panel">The breadth.</param>
    /// <param name="from">Dates before this index are left undefined; those from it on are as in a whole computation.</param>
    public BreadthScore(BreadthPanel panel, int from = 0)
    {
        ArgumentNullException.ThrowIfNull(panel);
        _panel = panel;
        _inputs = [.. ScoreFamily.All.Select(f => f.Values(panel))];
        _z = [.. _inputs.Select(values => SeriesMath.Each(panel.Count, i => i < from ? ZScore.Undefined : RollingZ.At(values, i)))];
        Parts = [.. _z.Select(z => Array.ConvertAll(z, s => Math.Clamp(s.Z, -Cut, Cut)))];
        Values = SeriesMath.Each(panel.Count, Score);
        States = Array.ConvertAll(Values, StateOf);
    }

    /// <summary>The score on each date, 0 to 100; NaN where undefined.</summary>
    public double[] Values { get; }

    /// <summary>What the score says on each date.</summary>
    public SignalState[] States { get; }

    /// <summary>Each family's z-score, cut off, on each date, NaN where undefined; in the order of <see cref="ScoreFamily.All"/>.</summary>
    public IReadOnlyList<double[]> Parts { get; }

    /// <summary>What a score says.</summary>
    /// <param name="score">A score; NaN for undefined.</param>
    public static SignalState StateOf(double score) => score switch
    {
        double.NaN => SignalState.None,
        >= Buy => SignalState.Buy,
        <= Sell => SignalState.Sell,
        _ => SignalState.Hold,
    };

    /// <summary>How the score of a date came about.</summary>
    /// <param name="index">Index of the date in the panel.</param>
    public ScoreExplanation Explain(int index)
    {
        var weight = 1.0 / ScoreFamily.All.Count;
        var parts = ScoreFamily.All.Select((family, f) => new ScorePart(
            family,
            [.. family.Inputs.Select(name => new ScoreInput(name, BreadthColumns.Find(name)!.At(_panel, index)))],
            _inputs[f][index],
            _z[f][index].Mean,
            _z[f][index].Deviation,
            _z[f][index].Count,
            _z[f][index].Z,
            Parts[f][index],
            weight,
            50.0 * weight * Parts[f][index] / Cut));
        return new(_panel.Ts[index], Values[index], States[index], Rule, [.. parts]);
    }

    private double Score(int index)
    {
        var sum = 0.0;
        foreach (var part in Parts)
        {
            sum += part[index];
        }

        return 50.0 + (50.0 * (sum / Parts.Count) / Cut);
    }
}
