namespace Bf.Core.Breadth;

public static partial class BreadthColumns
{
    private const string Zweig = "Martin Zweig, Winning on Wall Street (1986)";
    private const string Deemer = "Walter Deemer, breakaway momentum, walterdeemer.com";
    private const string RatioAdjusted = "Tom McClellan, ratio-adjusted net advances, mcoscillator.com";
    private const string McClellan = "Sherman and Marian McClellan, Patterns for Profit (1970); ratio-adjusted: mcoscillator.com";
    private const string Murphy = "John Murphy, Technical Analysis of the Financial Markets (1999), ch. 18";

    private static BreadthColumn[] Series() =>
    [
        PercentAbove("pct_above20", 20, s => s.PctAbove20),
        PercentAbove("pct_above50", 50, s => s.PctAbove50),
        PercentAbove("pct_above200", 200, s => s.PctAbove200),
        Real("adv_ratio", 1, "share, 0 to 1", "Share of movers that advance", "adv / (adv + dec)", Zweig, s => s.AdvRatio),
        Real("zweig_ema10", 1, "share, 0 to 1", "Ten-date exponential mean of adv_ratio",
            "EMA of adv_ratio, alpha 2/11, from its first value", Zweig, s => s.ZweigEma10),
        Real("zweig_sma10", 10, "share, 0 to 1", "Ten-date mean of adv_ratio", "SMA of adv_ratio over 10 dates", Zweig, s => s.ZweigSma10),
        Real("deemer_ratio", 10, "ratio", "Advances for each decline over ten dates",
            "sum of adv over 10 dates / sum of dec over 10 dates; undefined without declines", Deemer, s => s.DeemerRatio),
        Real("rana", 1, "per mille, -1000 to 1000", "Ratio-adjusted net advances", "1000 (adv - dec) / (adv + dec)", RatioAdjusted, s => s.Rana),
        Real("mcc_ema19", 1, "per mille", "Fast mean of rana (10 % trend)", "EMA of rana, alpha 2/20", McClellan, s => s.MccEma19),
        Real("mcc_ema39", 1, "per mille", "Slow mean of rana (5 % trend)", "EMA of rana, alpha 2/40", McClellan, s => s.MccEma39),
        Real("mcc_osc", 1, "per mille", "McClellan oscillator: momentum of net advances", "mcc_ema19 - mcc_ema39", McClellan, s => s.MccOsc),
        Real("mcc_sum", 1, "per mille, summed", "McClellan summation index", "running sum of mcc_osc from 0", McClellan, s => s.MccSum),
        Real("nhnl_ratio", 251, "share, 0 to 1", "Share of new extremes that are highs", "nh252 / (nh252 + nl252)", Murphy, s => s.NhNlRatio),
        Real("nhnl_sma10", 260, "share, 0 to 1", "Ten-date mean of nhnl_ratio", "SMA of nhnl_ratio over 10 dates",
            "Gerald Appel, Technical Analysis: Power Tools for Active Investors (2005)", s => s.NhNlSma10),
        Real("upvol_ratio", 1, "share, 0 to 1", "Share of moving volume that advances", "up_vol / (up_vol + down_vol)",
            "Paul Desmond, Identifying Bear Market Bottoms and New Bull Markets (2002)", s => s.UpVolRatio),
    ];

    private static BreadthColumn[] Further() =>
    [
        new("return_sum", 1, "1e-9", "Sum of the symbols' returns, outliers left out",
            "sum of round((c - p) / p x 1e9), c and p being the adjusted closes of a bar and the bar before", PlainCount,
            TallyColumn.ReturnSum),
        Count("return_outliers", TallyColumn.ReturnOutliers, 1, "Symbols whose return is not believed", "return above +300 % or below -75 %"),
        Whole("ad_line", 1, "symbols, summed", "Advance-decline line", "running sum of adv - dec from 0",
            "Leonard Ayres and James Hughes, 1926; " + Murphy, s => s.AdLine),
        Whole("ad_volume_line", 1, "shares, summed", "Advance-decline volume line", "running sum of up_vol - down_vol from 0", Murphy, s => s.AdVolumeLine, t => SeriesMath.FromFirst(SeriesMath.Both(t.Known(TallyColumn.UpVol), t.Known(TallyColumn.DownVol)))),
        Whole("abi", 1, "symbols", "Absolute breadth index: how one-sided the date is", "|adv - dec|",
            "Norman Fosback, Stock Market Logic (1976)", s => s.Abi),
        Whole("nh_nl", 251, "symbols", "Net new highs", "nh252 - nl252", Murphy, s => s.NhNl, t => SeriesMath.Both(t.Known(TallyColumn.Nh252), t.Known(TallyColumn.Nl252))),
        Real("ad_ratio", 1, "ratio", "Advances for each decline", "adv / dec; undefined without declines", Murphy, s => s.AdRatio),
        Real("trin", 1, "ratio", "Arms index: below 1, volume favours the advancing",
            "(adv / dec) / (up_vol / down_vol); undefined when one of the four is 0",
            "Richard Arms, The Arms Index (1989); Barron's, 1967", s => s.Trin),
        Real("mcc_osc_classic", 1, "symbols", "McClellan oscillator, not adjusted for the number of symbols",
            "EMA(2/20) - EMA(2/40) of adv - dec", "Sherman and Marian McClellan, Patterns for Profit (1970)", s => s.MccOscClassic),
        Real("mcc_sum_classic", 1, "symbols, summed", "McClellan summation index, not adjusted", "running sum of mcc_osc_classic from 0",
            "Sherman and Marian McClellan, Patterns for Profit (1970)", s => s.MccSumClassic),
        Real("index_ew", 0, "index, 100 at the first date", "Equal-weight index of the universe, rebalanced at every date",
            "previous x (1 + return_sum / 1e9 / (issues - return_outliers))", "definition", s => s.IndexEw),
    ];

    private static BreadthColumn Real(
        string name, int warmUp, string unit, string measures, string formula, string source, Func<MarketSeries, double[]> values) =>
        new(name, warmUp, unit, measures, formula, source, p => values(p.Series));

    private static BreadthColumn Whole(
        string name, int warmUp, string unit, string measures, string formula, string source, Func<MarketSeries, long[]> values, Func<BreadthTally, bool[]?>? known = null) =>
        new(name, warmUp, unit, measures, formula, source, p => values(p.Series), known ?? (_ => null));

    private static BreadthColumn PercentAbove(string name, int window, Func<MarketSeries, double[]> values) =>
        Real(name, window - 1, "percent", $"Share of symbols above their {window}-bar mean", $"100 above{window} / elig{window}", Murphy, values);
}
