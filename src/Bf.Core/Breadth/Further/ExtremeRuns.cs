namespace Bf.Core.Breadth.Further;

/// <summary>
/// For each bar the number of bars, back from it and itself included, of which its price is the highest (or lowest), ties included.
/// One pass serves windows of every length: a bar is at the extreme of its last n when its run is n or longer.
/// </summary>
/// <param name="sign">1 for the highest, -1 for the lowest.</param>
internal sealed class ExtremeRuns(int sign)
{
    private int[] _runs = [];
    private bool _known;

    /// <summary>Forgets the prices.</summary>
    public void Forget() => _known = false;

    /// <summary>The runs of so many prices; computed once until forgotten.</summary>
    public int[] Of(long[] prices, int count)
    {
        if (!_known)
        {
            if (_runs.Length < count)
            {
                _runs = new int[prices.Length];
            }

            if (sign > 0)
            {
                Highest(prices.AsSpan(0, count), _runs);
            }
            else
            {
                Lowest(prices.AsSpan(0, count), _runs);
            }

            _known = true;
        }

        return _runs;
    }

    // A bar leaps over the runs of the bars it surpasses: each run is leapt over once, so the pass is linear.
    private static void Highest(ReadOnlySpan<long> prices, Span<int> runs)
    {
        for (var i = 0; i < prices.Length; i++)
        {
            var before = i - 1;
            while (before >= 0 && prices[before] <= prices[i])
            {
                before -= runs[before];
            }

            runs[i] = i - before;
        }
    }

    private static void Lowest(ReadOnlySpan<long> prices, Span<int> runs)
    {
        for (var i = 0; i < prices.Length; i++)
        {
            var before = i - 1;
            while (before >= 0 && prices[before] >= prices[i])
            {
                before -= runs[before];
            }

            runs[i] = i - before;
        }
    }
}
