using System.Numerics;

namespace Bf.Core.Statistics;

/// <summary>
/// How likely it is that the setting chosen on one half of the history does worse than most on the other half: the probability of backtest
/// overfitting by combinatorially symmetric cross-validation. The dates are cut into blocks; every way of putting half of the blocks in the sample
/// and half outside is tried; the best in the sample, by Sharpe ratio, is ranked among all outside it.
/// Source: Bailey, Borwein, Lopez de Prado and Zhu, The Probability of Backtest Overfitting, Journal of Computational Finance 20(4), 2017.
/// Trials that differ by luck alone give about 0.5; far above is worse than luck, near 0 a choice that holds.
/// </summary>
/// <param name="Trials">The settings compared.</param>
/// <param name="Blocks">The blocks that the dates were cut into.</param>
/// <param name="Combinations">The ways of splitting them.</param>
/// <param name="Probability">The share of splits with a logit of 0 or less: the chosen setting did no better than the middle one outside the sample.</param>
/// <param name="LossProbability">The share of splits in which the chosen setting had a Sharpe ratio below 0 outside the sample.</param>
/// <param name="DegradationSlope">The slope of the chosen setting's Sharpe ratio outside on that inside, over all splits; null where the latter does not vary.</param>
/// <param name="Logits">ln(w / (1 - w)) for each split, w = rank / (trials + 1), rank 1 the worst; of equal trials the middle rank.</param>
public sealed record BacktestOverfitting(
    int Trials, int Blocks, int Combinations, double Probability, double LossProbability, double? DegradationSlope, IReadOnlyList<double> Logits)
{
    /// <summary>The blocks that the paper uses: 12,870 splits.</summary>
    public const int UsualBlocks = 16;

    private const int MostBlocks = 20;

    /// <summary>Splits the history in every way. Sharpe ratios are mean / standard deviation per date; one of a half without any variation counts as 0.</summary>
    /// <param name="returnsByTrial">The returns of each trial, a value a date, all over the same dates; finite.</param>
    /// <param name="blocks">The blocks, even, 2 to 20; of lengths that differ by at most one date.</param>
    /// <exception cref="ArgumentException">Fewer than two trials, trials of unequal length, fewer than two dates a block, a return that is not finite, or an odd number of blocks.</exception>
    public static BacktestOverfitting Of(double[][] returnsByTrial, int blocks = UsualBlocks)
    {
        Check(returnsByTrial, blocks);
        var search = new SplitSearch(new BlockSums(returnsByTrial, blocks));
        search.Run();
        var n = search.Inside.Length;
        int overfit = 0, losses = 0;
        var logits = new double[n];
        for (var i = 0; i < n; i++)
        {
            var share = search.Ranks[i] / (returnsByTrial.Length + 1);
            logits[i] = ExactMath.Log(share / (1 - share));
            overfit += logits[i] <= 0 ? 1 : 0;
            losses += search.Outside[i] < 0 ? 1 : 0;
        }

        return new(returnsByTrial.Length, blocks, n, (double)overfit / n, (double)losses / n, Slope(search.Inside, search.Outside), logits);
    }

    private static void Check(double[][] returns, int blocks)
    {
        ArgumentNullException.ThrowIfNull(returns);
        if (blocks is < 2 or > MostBlocks || blocks % 2 != 0)
        {
            throw new ArgumentException($"the number of blocks has to be even, 2 to {MostBlocks}, not {blocks}", nameof(blocks));
        }

        if (returns.Length < 2)
        {
            throw new ArgumentException("overfitting is a matter of choosing: at least two trials are needed", nameof(returns));
        }

        if (returns[0].Length < 2 * blocks || Array.Exists(returns, r => r.Length != returns[0].Length))
        {
            throw new ArgumentException($"every trial needs returns on the same dates, at least {2 * blocks} for {blocks} blocks", nameof(returns));
        }

        if (Array.Exists(returns, r => Array.Exists(r, x => !double.IsFinite(x))))
        {
            throw new ArgumentException("a return is not finite", nameof(returns));
        }
    }

    private static double? Slope(double[] x, double[] y)
    {
        double meanX = 0, meanY = 0;
        for (var i = 0; i < x.Length; i++)
        {
            meanX += x[i];
            meanY += y[i];
        }

        (meanX, meanY) = (meanX / x.Length, meanY / x.Length);
        double along = 0, squares = 0;
        for (var i = 0; i < x.Length; i++)
        {
            along += (x[i] - meanX) * (y[i] - meanY);
            squares += (x[i] - meanX) * (x[i] - meanX);
        }

        return squares > 0 ? along / squares : null;
    }

    /// <summary>Every split once. A split and its mirror image need the same Sharpe ratios, so each pair is computed together.</summary>
    private sealed class SplitSearch(BlockSums sums)
    {
        private readonly double[] _one = new double[sums.Trials];
        private readonly double[] _other = new double[sums.Trials];
        private int _count;

        /// <summary>For each split the Sharpe ratio in the sample of the trial that is best there.</summary>
        public double[] Inside { get; } = new double[Splits(sums.Blocks)];

        /// <summary>The same trial's Sharpe ratio outside.</summary>
        public double[] Outside { get; } = new double[Splits(sums.Blocks)];

        /// <summary>Its rank outside, 1 the worst.</summary>
        public double[] Ranks { get; } = new double[Splits(sums.Blocks)];

        public void Run()
        {
            var all = (1 << sums.Blocks) - 1;
            for (var set = 1 << (sums.Blocks - 1); set <= all; set++)
            {
                if (BitOperations.PopCount((uint)set) == sums.Blocks / 2)
                {
                    sums.Sharpes(set, _one);
                    sums.Sharpes(all ^ set, _other);
                    Add(_one, _other);
                    Add(_other, _one);
                }
            }
        }

        private void Add(double[] inside, double[] outside)
        {
            var best = 0;
            for (var i = 1; i < inside.Length; i++)
            {
                best = inside[i] > inside[best] ? i : best;
            }

            int below = 0, equal = 0;
            var at = outside[best];
            foreach (var other in outside)
            {
                below += other < at ? 1 : 0;
                equal += other == at ? 1 : 0;
            }

            (Inside[_count], Outside[_count], Ranks[_count]) = (inside[best], at, below + ((equal + 1) / 2.0));
            _count++;
        }

        private static int Splits(int blocks)
        {
            long splits = 1;
            for (var k = 1; k <= blocks / 2; k++)
            {
                splits = splits * (blocks - k + 1) / k;
            }

            return (int)splits;
        }
    }
}
