using System.Globalization;
using Bf.Core.Breadth;

namespace Bf.Core.Signals;

/// <summary>
/// The score of a panel: 50 when participation is what it was on average in the last year, 100 when all its families
/// lie three standard deviations above, 0 when they lie three below.
/// </summary>
public sealed class BreadthScore
{
    /// <summary>The lowest score that says buy, unless settings say otherwise.</summary>
    public const double Buy = 60;

    /// <summary>The highest score that says sell, unless settings say otherwise.</summary>
    public const double Sell = 40;

    /// <summary>Standard deviations at which a family's z-score is cut off, on either side.</summary>
    public const double Cut = RollingZ.Cut;

    /// <summary>The score with the usual settings, in words.</summary>
    public static readonly string Rule = RuleOf(ScoreSettings.Default);

    private readonly BreadthPanel _panel;
    private readonly double[][] _inputs;
    private readonly double[] _weights;
    private readonly double _sum;

    /// <summary>Computes the score of every date, or of those from an index on.</summary>
    /// <param name="panel">The breadth.</param>
    /// <param name="from">Dates before this index are left undefined; those from it on are as in a whole computation.</param>
    /// <param name="settings">Weights and thresholds; null for the usual ones.</param>
    /// <exception cref="FormatException">The settings make no score.</exception>
    public BreadthScore(BreadthPanel panel, int from = 0, ScoreSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(panel);
        _panel = panel;
        Settings = (settings ?? ScoreSettings.Default).Checked();
        _weights = Settings.Weights;
        foreach (var weight in _weights)
        {
            _sum += weight;
        }

        _inputs = [.. ScoreFamily.All.Select(f => f.Values(panel))];
        Parts = [.. _inputs.Select(values => RollingZ.Scores(values, from))];
        Values = SeriesMath.Each(panel.Count, Score);
        States = Array.ConvertAll(Values, s => StateOf(s, Settings));
    }

    /// <summary>Weights and thresholds.</summary>
    public ScoreSettings Settings { get; }

    /// <summary>The score on each date, 0 to 100; NaN where undefined.</summary>
    public double[] Values { get; }

    /// <summary>What the score says on each date.</summary>
    public SignalState[] States { get; }

    /// <summary>Each family's z-score, cut off, on each date, NaN where undefined; in the order of <see cref="ScoreFamily.All"/>.</summary>
    public IReadOnlyList<double[]> Parts { get; }

    /// <summary>What a score says.</summary>
    /// <param name="score">A score; NaN for undefined.</param>
    /// <param name="settings">The thresholds; null for the usual ones.</param>
    public static SignalState StateOf(double score, ScoreSettings? settings = null)
    {
        var (buy, sell) = settings is null ? (Buy, Sell) : (settings.Buy, settings.Sell);
        return double.IsNaN(score) ? SignalState.None : score >= buy ? SignalState.Buy : score <= sell ? SignalState.Sell : SignalState.Hold;
    }

    /// <summary>The score of some settings, in words.</summary>
    public static string RuleOf(ScoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var weights = settings.Weights;
        var equal = Array.TrueForAll(weights, w => w == weights[0]);
        var mean = equal
            ? "mean(z)"
            : $"(weighted mean of z: {string.Join(", ", ScoreFamily.All.Select((f, i) => string.Create(CultureInfo.InvariantCulture, $"{f.Name} {weights[i]:0.###}")))})";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"score = 50 + 50 x {mean} / {Cut:0}, z being each part's distance from the mean of its last {RollingZ.Window} dates " +
            $"(at least {RollingZ.Fewest} of them defined) in population standard deviations, cut off at +-{Cut:0}; " +
            $"buy from {settings.Buy:0.##}, sell up to {settings.Sell:0.##}, else hold; undefined until all parts {(Array.Exists(weights, w => w == 0) ? "that weigh something " : "")}are");
    }

    /// <summary>How the score of a date came about.</summary>
    /// <param name="index">Index of the date in the panel.</param>
    public ScoreExplanation Explain(int index)
    {
        var parts = ScoreFamily.All.Select((family, f) =>
        {
            var z = RollingZ.At(_inputs[f], index);
            var weight = _weights[f] / _sum;
            return new ScorePart(
                family,
                [.. family.Inputs.Select(name => new ScoreInput(name, BreadthColumns.Find(name)!.At(_panel, index)))],
                family.ToPercent * _inputs[f][index],
                family.ToPercent * z.Mean,
                family.ToPercent * z.Deviation,
                z.Count,
                z.Z,
                Parts[f][index],
                weight,
                weight == 0 ? 0 : 50.0 * weight * Parts[f][index] / Cut);
        });
        return new(_panel.Ts[index], Values[index], States[index], RuleOf(Settings), [.. parts]);
    }

    private double Score(int index)
    {
        var sum = 0.0;
        for (var f = 0; f < _weights.Length; f++)
        {
            sum += _weights[f] == 0 ? 0.0 : _weights[f] * Parts[f][index]; // what weighs nothing may be undefined
        }

        return 50.0 + (50.0 * (sum / _sum) / Cut);
    }
}
