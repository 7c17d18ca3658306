namespace Bf.Core.Backtest.Grid;

/// <summary>
/// Trades one symbol on the crossings of two simple moving averages of its closes, for many pairs of lengths at once.
/// <para>
/// Buys at the close of a bar on which the fast average is above the slow one, was not on the bar before, and has been below it on some
/// earlier bar; sells on the mirror of that. All cash goes in, shares are fractional, and the fee is a fraction of the traded value:
/// shares = cash / (price x (1 + fee)), cash = shares x price x (1 - fee). The close that made a signal is also its price: nobody can
/// trade so, and the result is a measure of the rule, not a forecast of a portfolio.
/// </para>
/// The rules are those of vectorbt's <c>MA.run</c>, <c>crossed_above</c>, <c>crossed_below</c> and <c>Portfolio.from_signals</c>.
/// </summary>
public static class SmaCrossGrid
{
    // The bits of so many pairs are held at once, on ten years of daily bars; of fewer where there are more bars: some 3 MB.
    private const int PairsAtOnce = 8192;
    private const int WordsAtOnce = PairsAtOnce * 44;

    // Below so many bars x pairs one thread needs some 6 ms. On a busy machine another may take as long to begin.
    private const long FewCells = 4_000_000;

    /// <summary>The figures of each pair, in the order of the pairs.</summary>
    /// <param name="closes">Adjusted closes, one a bar, above 0.</param>
    /// <param name="pairs">The pairs of lengths.</param>
    /// <param name="settings">How to trade.</param>
    /// <exception cref="ArgumentException">A close is not a price, a pair's lengths do not ascend from 1, or a setting is out of its range.</exception>
    public static GridFigures[] Run(double[] closes, SmaPair[] pairs, SmaCrossSettings settings)
    {
        ArgumentNullException.ThrowIfNull(closes);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate(closes.Length);
        Require(closes);
        var longest = Require(pairs);
        var averages = new MovingAverages(closes, longest);
        var figures = new GridFigures[pairs.Length];
        PriceRanges? ranges = null;
        var atOnce = Math.Clamp(WordsAtOnce / ((closes.Length / 64) + 1), 64, PairsAtOnce);
        for (var first = 0; first < pairs.Length; first += atOnce)
        {
            var count = Math.Min(atOnce, pairs.Length - first);
            var words = new CrossWords(averages, pairs, first, count, longest, closes.Length);
            var threads = (long)count * closes.Length < FewCells ? 1 : settings.Threads;
            ranges = new CrossWork(closes, pairs, settings, first, count, words, ranges, figures).Run(threads);
        }

        return figures;
    }

    /// <summary>The equity of one pair, a value a bar traded at.</summary>
    /// <inheritdoc cref="Run"/>
    public static double[] Equity(double[] closes, SmaPair pair, SmaCrossSettings settings) => Equity(closes, pair, settings, out _);

    /// <summary>The equity of one pair, and how often it was traded: an odd number means that it is held at the end.</summary>
    internal static double[] Equity(double[] closes, SmaPair pair, SmaCrossSettings settings, out int orders)
    {
        ArgumentNullException.ThrowIfNull(closes);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate(closes.Length);
        Require(closes);
        SmaPair[] pairs = [pair];
        var longest = Require(pairs);
        var words = new CrossWords(new MovingAverages(closes, longest), pairs, 0, 1, longest, closes.Length);
        var room = words.Room();
        for (var word = 0; word < words.Words; word++)
        {
            words.Fill(word, room);
        }

        return new CrossTrader(closes, pairs, settings, words, null).Equity(0, 0, out orders);
    }

    private static void Require(double[] closes)
    {
        for (var i = 0; i < closes.Length; i++)
        {
            if (!(closes[i] > 0 && double.IsFinite(closes[i])))
            {
                throw new ArgumentException($"the close of bar {i} is {closes[i]}, not a price", nameof(closes));
            }
        }
    }

    private static int Require(SmaPair[] pairs)
    {
        var longest = 0;
        foreach (var pair in pairs)
        {
            if (pair.Fast < 1 || pair.Slow <= pair.Fast)
            {
                throw new ArgumentException($"the pair {pair.Fast}, {pair.Slow} is none: lengths ascend, from 1", nameof(pairs));
            }

            longest = Math.Max(longest, pair.Slow);
        }

        return longest;
    }
}
