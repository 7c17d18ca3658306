using Bf.Core.Breadth;
using static Bf.Core.Breadth.TallyColumn;

namespace Bf.Core.Tests.Catalogue;

/// <summary>Every detector once more, as its rule reads: each date looks back over all that came before it.</summary>
internal static class PlainDetectors
{
    /// <summary>The dates on which a detector fires, and the dates since what armed it.</summary>
    /// <exception cref="NotSupportedException">There is no plain form of the detector yet; write one.</exception>
    public static IEnumerable<(int Index, int? Since)> Fires(string detector, BreadthPanel panel) => detector switch
    {
        "zbt_ema" => Rises(panel, "zweig_ema10", 0.40, 0.615, 10),
        "zbt_sma" => Rises(panel, "zweig_sma10", 0.40, 0.615, 10),
        "pct50_thrust" => Rises(panel, "pct_above50", 25, 75, 15),
        "pct20_surge" => Rises(panel, "pct_above20", 10, 80, 21),
        "nhnl_thrust" => Rises(panel, "nhnl_ratio", 0.10, 0.50, 10),
        "mcc_thrust" => Rises(panel, "mcc_osc", -50, 0, 20),
        "deemer_1.97" => Crosses(panel, t => Deemer(panel, t, 197)),
        "deemer_1.90" => Crosses(panel, t => Deemer(panel, t, 190)),
        "whaley_ad" => Crosses(panel, t => At(panel, "whaley_ad5", t) > 0.7366),
        "whaley_upvol" => Crosses(panel, t => At(panel, "whaley_upvol5", t) > 0.7788),
        "upvol90" => Days(panel).Select(t => (t, (int?)null)),
        "upvol90x2" => Clusters([.. Days(panel)]),
        "lowry90" => Lowry(panel),
        _ => throw new NotSupportedException($"{detector} has no plain form to be checked against; write one in {nameof(PlainDetectors)}"),
    };

    private static double At(BreadthPanel panel, string column, int t) => BreadthColumns.Find(column)!.At(panel, t);

    private static List<(int, int?)> Rises(BreadthPanel panel, string column, double low, double high, int window)
    {
        double[] x = [.. Enumerable.Range(0, panel.Count).Select(t => At(panel, column, t))];
        var fires = new List<(int Index, int?)>();
        for (var t = 1; t < x.Length; t++)
        {
            int[] lows = [.. Enumerable.Range(0, t).Where(i => x[i] < low)];
            if (x[t] > high && !(x[t - 1] > high) && lows.Length > 0 && t - lows[^1] <= window && !fires.Any(f => f.Index > lows[^1]))
            {
                fires.Add((t, t - lows[^1]));
            }
        }

        return fires;
    }

    private static IEnumerable<(int, int?)> Crosses(BreadthPanel panel, Func<int, bool> above) =>
        Enumerable.Range(0, panel.Count).Where(t => above(t) && !(t > 0 && above(t - 1))).Select(t => (t, (int?)null));

    private static bool Deemer(BreadthPanel panel, int t, long percent)
    {
        if (t < 9 || Enumerable.Range(t - 9, 10).Any(i => panel.Tally[Issues][i] + panel.Tally[Adv][i] + panel.Tally[Dec][i] == 0))
        {
            return false;
        }

        // the sums as integers; a ratio within a rounding of the threshold would need counts of 10^15
        return 100 * panel.Tally[Adv][(t - 9)..(t + 1)].Sum() > percent * panel.Tally[Dec][(t - 9)..(t + 1)].Sum();
    }

    private static IEnumerable<int> Days(BreadthPanel panel) => Enumerable.Range(0, panel.Count).Where(t => At(panel, "upvol_ratio", t) > 0.90);

    private static IEnumerable<(int, int?)> Clusters(int[] days) =>
        from t in days
        let before = days.Where(d => d < t).Reverse().Take(2).ToArray()
        where before.Length > 0 && t - before[0] <= 10 && (before.Length == 1 || before[0] - before[1] > 10)
        select (t, (int?)(t - before[0]));

    private static IEnumerable<(int, int?)> Lowry(BreadthPanel panel) =>
        panel.Tally.Further("points_up") is not { } gained || panel.Tally.Further("points_down") is not { } lost
            ? []
            : Enumerable.Range(0, panel.Count).Where(t => Most(panel.Tally[UpVol][t], panel.Tally[DownVol][t]) && Most(gained[t], lost[t])).Select(t => (t, (int?)null));

    private static bool Most(long part, long other) => part + other > 0 && 10 * part >= 9 * (part + other);
}
