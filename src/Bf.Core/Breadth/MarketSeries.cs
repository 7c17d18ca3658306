using static Bf.Core.Breadth.TallyColumn;

namespace Bf.Core.Breadth;

/// <summary>
/// The market series of a tally: one value a date, NaN where undefined. What each measures, its formula and its source
/// stand in <see cref="BreadthColumns"/>. A value at t depends on the dates up to t alone.
/// </summary>
public sealed class MarketSeries
{
    /// <summary>Computes all series of a tally.</summary>
    /// <exception cref="OverflowException">A running sum does not fit 64 bits.</exception>
    public MarketSeries(BreadthTally tally)
    {
        ArgumentNullException.ThrowIfNull(tally);
        var n = tally.Count;
        var (adv, dec) = (tally[Adv], tally[Dec]);
        var (up, down) = (tally[UpVol], tally[DownVol]);
        var (highs, lows) = (tally[Nh252], tally[Nl252]);

        PctAbove20 = SeriesMath.Ratio(n, 100.0, i => tally[Above20][i], i => tally[Elig20][i]);
        PctAbove50 = SeriesMath.Ratio(n, 100.0, i => tally[Above50][i], i => tally[Elig50][i]);
        PctAbove200 = SeriesMath.Ratio(n, 100.0, i => tally[Above200][i], i => tally[Elig200][i]);
        AdvRatio = SeriesMath.Ratio(n, i => adv[i], i => adv[i] + dec[i]);
        ZweigEma10 = SeriesMath.Ema(AdvRatio, 10);
        ZweigSma10 = SeriesMath.Sma(AdvRatio, 10);
        DeemerRatioOrInfinity = SeriesMath.Each(n, i => Deemer(tally, i));
        DeemerRatio = Array.ConvertAll(DeemerRatioOrInfinity, r => double.IsInfinity(r) ? double.NaN : r);
        Rana = SeriesMath.Ratio(n, 1000.0, i => adv[i] - dec[i], i => adv[i] + dec[i]);
        MccEma19 = SeriesMath.Ema(Rana, 19);
        MccEma39 = SeriesMath.Ema(Rana, 39);
        MccOsc = SeriesMath.Difference(MccEma19, MccEma39);
        MccSum = SeriesMath.RunningSum(MccOsc, Rana);
        NhNlRatio = SeriesMath.Ratio(n, i => highs[i], i => highs[i] + lows[i]);
        NhNlSma10 = SeriesMath.Sma(NhNlRatio, 10);
        UpVolRatio = SeriesMath.Each(n, i => up[i] == 0 && down[i] == 0 ? double.NaN : up[i] / Sum(up[i], down[i]));

        AdLine = SeriesMath.RunningSum(n, i => adv[i] - dec[i]);
        AdVolumeLine = SeriesMath.RunningSum(n, i => up[i] - down[i]);
        Abi = SeriesMath.Each(n, i => Math.Abs(adv[i] - dec[i]));
        NhNl = SeriesMath.Each(n, i => highs[i] - lows[i]);
        AdRatio = SeriesMath.Ratio(n, i => adv[i], i => dec[i]);
        Trin = SeriesMath.Each(n, i => adv[i] == 0 || dec[i] == 0 || up[i] == 0 || down[i] == 0
            ? double.NaN
            : (double)adv[i] / dec[i] / ((double)up[i] / down[i]));
        var net = SeriesMath.Each(n, i => NothingCompared(tally, i) ? double.NaN : adv[i] - dec[i]);
        MccOscClassic = SeriesMath.Difference(SeriesMath.Ema(net, 19), SeriesMath.Ema(net, 39));
        MccSumClassic = SeriesMath.RunningSum(MccOscClassic, net);
        IndexEw = EqualWeightIndex(tally);
    }

    /// <summary>Share of eligible symbols above their mean of 20, in percent.</summary>
    public double[] PctAbove20 { get; }

    /// <summary>Share of eligible symbols above their mean of 50, in percent.</summary>
    public double[] PctAbove50 { get; }

    /// <summary>Share of eligible symbols above their mean of 200, in percent.</summary>
    public double[] PctAbove200 { get; }

    /// <summary>Advances / (advances + declines).</summary>
    public double[] AdvRatio { get; }

    /// <summary>Exponential mean over 10 dates of <see cref="AdvRatio"/>.</summary>
    public double[] ZweigEma10 { get; }

    /// <summary>Mean over 10 dates of <see cref="AdvRatio"/>.</summary>
    public double[] ZweigSma10 { get; }

    /// <summary>Advances of 10 dates / declines of 10 dates; undefined without declines.</summary>
    public double[] DeemerRatio { get; }

    /// <summary>Ratio-adjusted net advances: 1000 (advances - declines) / (advances + declines).</summary>
    public double[] Rana { get; }

    /// <summary>Exponential mean over 19 dates of <see cref="Rana"/>.</summary>
    public double[] MccEma19 { get; }

    /// <summary>Exponential mean over 39 dates of <see cref="Rana"/>.</summary>
    public double[] MccEma39 { get; }

    /// <summary>McClellan oscillator, ratio-adjusted.</summary>
    public double[] MccOsc { get; }

    /// <summary>McClellan summation index, ratio-adjusted, from 0.</summary>
    public double[] MccSum { get; }

    /// <summary>New highs / (new highs + new lows).</summary>
    public double[] NhNlRatio { get; }

    /// <summary>Mean over 10 dates of <see cref="NhNlRatio"/>.</summary>
    public double[] NhNlSma10 { get; }

    /// <summary>Up volume / (up volume + down volume).</summary>
    public double[] UpVolRatio { get; }

    /// <summary>Advance-decline line: running sum of advances - declines.</summary>
    public long[] AdLine { get; }

    /// <summary>Advance-decline volume line: running sum of up volume - down volume, in shares.</summary>
    public long[] AdVolumeLine { get; }

    /// <summary>Absolute breadth index: |advances - declines|.</summary>
    public long[] Abi { get; }

    /// <summary>New highs - new lows.</summary>
    public long[] NhNl { get; }

    /// <summary>Advances / declines.</summary>
    public double[] AdRatio { get; }

    /// <summary>Arms index.</summary>
    public double[] Trin { get; }

    /// <summary>McClellan oscillator of advances - declines, not adjusted for their number.</summary>
    public double[] MccOscClassic { get; }

    /// <summary>McClellan summation index of <see cref="MccOscClassic"/>, from 0.</summary>
    public double[] MccSumClassic { get; }

    /// <summary>Equal-weight index of the universe, 100 at the first date; undefined where returns are not known.</summary>
    public double[] IndexEw { get; }

    /// <summary><see cref="DeemerRatio"/> with positive infinity for advances without any decline: above every threshold.</summary>
    internal double[] DeemerRatioOrInfinity { get; }

    private static double Deemer(BreadthTally tally, int at)
    {
        if (at < 9)
        {
            return double.NaN;
        }

        long adv = 0, dec = 0;
        for (var i = at - 9; i <= at; i++)
        {
            if (NothingCompared(tally, i))
            {
                return double.NaN;
            }

            adv += tally[Adv][i];
            dec += tally[Dec][i];
        }

        // Advances over no declines are infinite; ten dates on which nothing moved (0 / 0) are no thrust, but undefined.
        return (double)adv / dec;
    }

    // Where the unchanged are not known the issues are not either, and those that moved say that there was a market.
    private static bool NothingCompared(BreadthTally tally, int at) => tally[Issues][at] == 0 && tally[Adv][at] == 0 && tally[Dec][at] == 0;

    // Two volumes that fit 63 bits may add up to more.
    private static double Sum(long a, long b) => (ulong)a + (ulong)b;

    private static double[] EqualWeightIndex(BreadthTally tally)
    {
        if (tally.Known(ReturnSum) is not null)
        {
            return SeriesMath.Each(tally.Count, _ => double.NaN); // official counts have no returns
        }

        var level = 100.0;
        return SeriesMath.Each(tally.Count, i =>
        {
            var returns = tally[Issues][i] - tally[ReturnOutliers][i];
            var mean = returns == 0 ? 0.0 : tally[ReturnSum][i] / BarReturn.Unit / returns;
            return level *= 1.0 + mean;
        });
    }
}
