using Bf.Core.Breadth;
using static Bf.Core.Breadth.TallyColumn;

namespace Bf.Core.Tests.Catalogue;

/// <summary>
/// Every indicator once more, as its formula reads: the value at t is worked out from the dates up to t anew, in quadratic time,
/// null where undefined. Nothing of this is shared with the code that it checks.
/// </summary>
internal sealed class PlainIndicators(BreadthTally tally)
{
    private readonly Dictionary<(string, int), double?> _known = [];

    /// <summary>The value of a column at a date.</summary>
    /// <exception cref="NotSupportedException">There is no plain form of the column yet; write one.</exception>
    public double? At(string column, int t)
    {
        if (!_known.TryGetValue((column, t), out var value))
        {
            _known[(column, t)] = value = Of(column, t);
        }

        return value;
    }

    private double? Of(string column, int t) => column switch
    {
        "adv_ratio" => Share(t),
        "zweig_ema10" => Ema(Share, 10, t),
        "zweig_sma10" => Mean(Share, 10, t),
        "deemer_ratio" => Compared(t, 10) && Sum(Dec, t, 10) > 0 ? Sum(Adv, t, 10) / Sum(Dec, t, 10) : null,
        "ad_ratio" => Divide(Of(Adv, t), Of(Dec, t)),
        "ad_line" => Sum(Adv, t, t + 1) - Sum(Dec, t, t + 1),
        "abi" => Math.Abs(Net(t)),
        "rana" => 1000 * Divide(Net(t), Of(Adv, t) + Of(Dec, t)),
        "mcc_ema19" => Ema(Rana, 19, t),
        "mcc_ema39" => Ema(Rana, 39, t),
        "mcc_osc" => Ema(Rana, 19, t) - Ema(Rana, 39, t),
        "mcc_sum" => Total(i => Rana(i) is null ? null : At("mcc_osc", i), t),
        "mcc_osc_classic" => Ema(Classic, 19, t) - Ema(Classic, 39, t),
        "mcc_sum_classic" => Total(i => Classic(i) is null ? null : At("mcc_osc_classic", i), t),
        "whaley_ad5" => Compared(t, 5) ? Divide(Sum(Adv, t, 5), Sum(Adv, t, 5) + Sum(Dec, t, 5)) : null,
        "coppock_ad" => t < 23 ? null : Enumerable.Range(1, 10).Sum(w => w * (Change(t - 10 + w, 14) + Change(t - 10 + w, 11))) / 55,
        "tick_index" => Enumerable.Range(0, t + 1).Any(i => DateTime.UnixEpoch.AddMicroseconds(tally.Ts[i]).TimeOfDay > TimeSpan.Zero) ? Net(t) : null,
        "upvol_ratio" => Known(t, UpVol) ? Divide(Of(UpVol, t), Of(UpVol, t) + Of(DownVol, t)) : null,
        "updown_vol_ratio" => Known(t, UpVol) ? Divide(Of(UpVol, t), Of(DownVol, t)) : null,
        "ad_volume_line" or "cvi" => Enumerable.Range(0, t + 1).Any(i => Known(i, UpVol)) ? Sum(UpVol, t, t + 1) - Sum(DownVol, t, t + 1) : null,
        "trin" => Divide(Divide(Of(Adv, t), Of(Dec, t)), Divide(Of(UpVol, t), Of(DownVol, t))) is > 0 and var trin ? trin : null,
        "whaley_upvol5" => Compared(t, 5) && Last(t, 5).All(i => Known(i, UpVol)) ? Divide(Sum(UpVol, t, 5), Sum(UpVol, t, 5) + Sum(DownVol, t, 5)) : null,
        "nh_nl" => Known(t, Nh252) ? Of(Nh252, t) - Of(Nl252, t) : null,
        "nhnl_ratio" => Highs(t),
        "nhnl_sma10" => Mean(Highs, 10, t),
        "record_high_pct" => 100 * Highs(t),
        "high_low_index" => 100 * Mean(Highs, 10, t),
        "hindenburg_split" => OfAYear(t) && Of(Adv, t) + Of(Dec, t) is > 0 and var movers ? Truth(Math.Min(Of(Nh252, t), Of(Nl252, t)) / movers >= 0.028) : null,
        "hindenburg_balance" => OfAYear(t) ? Truth(!(Of(Nh252, t) > 2 * Of(Nl252, t))) : null,
        "hindenburg_trend" => t >= 50 && At("index_ew", t) is { } level ? Truth(level > At("index_ew", t - 50)) : null,
        "hindenburg_momentum" => At("mcc_osc", t) is { } momentum ? Truth(momentum < 0) : null,
        "hindenburg_omen" => At("hindenburg_split", t) * At("hindenburg_balance", t) * At("hindenburg_trend", t) * At("hindenburg_momentum", t),
        "pct_above20" => 100 * Divide(Of(Above20, t), Of(Elig20, t)),
        "pct_above50" => 100 * Divide(Of(Above50, t), Of(Elig50, t)),
        "pct_above200" => 100 * Divide(Of(Above200, t), Of(Elig200, t)),
        "index_ew" => tally.Known(ReturnSum) is null ? Enumerable.Range(0, t + 1).Aggregate(100.0, (level, i) => level * (1 + ((Divide(Of(ReturnSum, i), Of(Issues, i) - Of(ReturnOutliers, i)) ?? 0) / 1e9))) : null,
        _ when column.StartsWith("z_", StringComparison.Ordinal) => Z(column[2..], t),
        _ => throw new NotSupportedException($"{column} has no plain form to be checked against; write one in {nameof(PlainIndicators)}"),
    };

    private static double? Divide(double? a, double? b) => b is 0 ? null : a / b;

    private static double Truth(bool holds) => holds ? 1 : 0;

    private static IEnumerable<int> Last(int t, int n) => Enumerable.Range(t - n + 1, n);

    private static double? Mean(Func<int, double?> values, int n, int t) =>
        t >= n - 1 && Last(t, n).All(i => values(i) is not null) ? Last(t, n).Average(values) : null;

    private static double? Ema(Func<int, double?> values, int n, int t)
    {
        double[] defined = [.. Enumerable.Range(0, t + 1).Select(values).OfType<double>()];
        return defined.Length == 0 ? null : defined.Skip(1).Aggregate(defined[0], (mean, x) => mean + ((x - mean) * 2 / (n + 1)));
    }

    private static double? Total(Func<int, double?> values, int t) =>
        Enumerable.Range(0, t + 1).Select(values).OfType<double>().ToList() is { Count: > 0 } defined ? defined.Sum() : null;

    private double? Z(string series, int t)
    {
        double[] window = [.. Enumerable.Range(Math.Max(0, t - 251), Math.Min(252, t + 1)).Select(i => At(series, i)).OfType<double>()];
        if (At(series, t) is not { } today || window.Length < 60 || window.Distinct().Count() == 1)
        {
            return null;
        }

        var mean = window.Average();
        return Math.Max(-3, Math.Min(3, (today - mean) / Math.Sqrt(window.Average(x => Math.Pow(x - mean, 2)))));
    }

    private double? Share(int t) => Divide(Of(Adv, t), Of(Adv, t) + Of(Dec, t));

    private double? Rana(int t) => 1000 * Divide(Net(t), Of(Adv, t) + Of(Dec, t));

    private double? Classic(int t) => Compared(t, 1) ? Net(t) : null;

    private double? Highs(int t) => Known(t, Nh252) ? Divide(Of(Nh252, t), Of(Nh252, t) + Of(Nl252, t)) : null;

    private bool OfAYear(int t) => Known(t, Nh252) && (!Known(t, Elig252) || Of(Elig252, t) > 0);

    private double Net(int t) => Of(Adv, t) - Of(Dec, t);

    private double Change(int t, int dates) => Enumerable.Range(t - dates + 1, dates).Sum(Net);

    private double Of(TallyColumn column, int t) => tally[column][t];

    private double Sum(TallyColumn column, int t, int dates) => Last(t, dates).Sum(i => (double)tally[column][i]);

    private bool Known(int t, TallyColumn column) => tally.Known(column) is not { } known || known[t];

    private bool Compared(int t, int dates) => t >= dates - 1 && Last(t, dates).All(i => Of(Issues, i) + Of(Adv, i) + Of(Dec, i) > 0);
}
