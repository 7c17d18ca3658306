using Bf.Core.Breadth;

namespace Bf.Core.Signals;

/// <summary>One of the score's families: a market series that stands for one way of taking part in a move.</summary>
public sealed class ScoreFamily
{
    private readonly Func<BreadthPanel, double[]> _values;

    private ScoreFamily(string name, string title, string formula, string[] inputs, Func<BreadthPanel, double[]> values) =>
        (Name, Title, Formula, Inputs, _values) = (name, title, formula, inputs, values);

    /// <summary>The families, which weigh the same.</summary>
    public static IReadOnlyList<ScoreFamily> All { get; } =
    [
        new("advances", "Advances", "zweig_ema10", ["adv", "dec", "zweig_ema10"], p => p.Series.ZweigEma10),
        new("volume", "Volume", "SMA of upvol_ratio over 10 dates", ["up_vol", "down_vol", "upvol_ratio"],
            p => SeriesMath.Sma(p.Series.UpVolRatio, 10)),
        new("highs_lows", "Highs and lows", "SMA of 100 (nh252 - nl252) / elig252 over 10 dates", ["nh252", "nl252", "elig252"], HighsLows),
        new("trend", "Trend", "(pct_above50 + pct_above200) / 2", ["pct_above50", "pct_above200"], Trend),
    ];

    /// <summary>The name in tables.</summary>
    public string Name { get; }

    /// <summary>The name for readers.</summary>
    public string Title { get; }

    /// <summary>How its value is made from columns of the table <c>breadth</c>.</summary>
    public string Formula { get; }

    /// <summary>The columns that it is made from.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The family's value on each date, NaN where undefined.</summary>
    public double[] Values(BreadthPanel panel) => _values(panel);

    private static double[] HighsLows(BreadthPanel panel)
    {
        var tally = panel.Tally;
        return SeriesMath.Sma(
            SeriesMath.Ratio(
                panel.Count, 100.0, i => tally[TallyColumn.Nh252][i] - tally[TallyColumn.Nl252][i], i => tally[TallyColumn.Elig252][i]),
            10);
    }

    private static double[] Trend(BreadthPanel panel) =>
        SeriesMath.Each(panel.Count, i => (panel.Series.PctAbove50[i] + panel.Series.PctAbove200[i]) / 2.0);
}
