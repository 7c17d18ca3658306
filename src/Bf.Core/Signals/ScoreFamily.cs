using Bf.Core.Breadth;
using Bf.Core.Breadth.Indicators;

namespace Bf.Core.Signals;

/// <summary>One of the score's families: a market series that stands for one way of taking part in a move.</summary>
public sealed class ScoreFamily
{
    private readonly Func<BreadthPanel, double[]> _values;

    private ScoreFamily(string name, string title, string formula, string[] inputs, double toPercent, Func<BreadthPanel, double[]> values) =>
        (Name, Title, Formula, Inputs, ToPercent, _values) = (name, title, formula, inputs, toPercent, values);

    /// <summary>The families, in the order in which their weights and parts stand.</summary>
    public static IReadOnlyList<ScoreFamily> All { get; } =
    [
        new("advances", "Advances", "100 zweig_ema10", ["adv", "dec", "zweig_ema10"], 100, AdvanceShare.ExponentialMean.Reals),
        new("volume", "Volume", "100 x SMA of upvol_ratio over 10 dates", ["up_vol", "down_vol", "upvol_ratio"], 100,
            p => SeriesMath.Sma(UpVolumeShare.Share.Reals(p), 10)),
        new("highs_lows", "Highs and lows", "SMA of 100 (nh252 - nl252) / elig252 over 10 dates", ["nh252", "nl252", "elig252"], 1, HighsLows),
        new("trend", "Trend", "(pct_above50 + pct_above200) / 2", ["pct_above50", "pct_above200"], 1, Trend),
    ];

    /// <summary>The name in tables and settings.</summary>
    public string Name { get; }

    /// <summary>The name for readers.</summary>
    public string Title { get; }

    /// <summary>How its value in percent is made from columns of the table <c>breadth</c>.</summary>
    public string Formula { get; }

    /// <summary>The columns that it is made from.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>What makes a percentage of a value: families of shares are shown in percent as the others are; a z-score has no unit.</summary>
    internal double ToPercent { get; }

    /// <summary>The family's value on each date, a share or a percentage, NaN where undefined.</summary>
    public double[] Values(BreadthPanel panel) => _values(panel);

    private static double[] HighsLows(BreadthPanel panel)
    {
        var tally = panel.Tally;
        return SeriesMath.Sma(
            SeriesMath.Ratio(
                panel.Count, 100.0, i => tally[TallyColumn.Nh252][i] - tally[TallyColumn.Nl252][i], i => tally[TallyColumn.Elig252][i]),
            10);
    }

    private static double[] Trend(BreadthPanel panel)
    {
        var (middle, @long) = (AboveAverages.Percent50.Reals(panel), AboveAverages.Percent200.Reals(panel));
        return SeriesMath.Each(panel.Count, i => (middle[i] + @long[i]) / 2.0);
    }
}
