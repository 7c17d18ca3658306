namespace Bf.Core.Breadth;

/// <summary>The windows that end with a bar. No sum can overflow: the most ticks of a price leave room for 252 of them.</summary>
/// <param name="Sum20">The sum of the last 20 ticks.</param>
/// <param name="Sum50">The sum of the last 50.</param>
/// <param name="Sum200">The sum of the last 200.</param>
/// <param name="High">The highest of the last 252.</param>
/// <param name="Low">The lowest of them.</param>
internal readonly record struct BarWindows(long Sum20, long Sum50, long Sum200, long High, long Low)
{
    /// <summary>The windows up to bar <paramref name="i"/>, in one pass back from it; of what there is, where there are fewer bars.</summary>
    public static unsafe BarWindows Of(long* ticks, int i)
    {
        long sum = 0, high = long.MinValue, low = long.MaxValue;
        var j = i;
        for (; j >= 0 && j > i - 20; j--)
        {
            Take();
        }

        var sum20 = sum;
        for (; j >= 0 && j > i - 50; j--)
        {
            Take();
        }

        var sum50 = sum;
        for (; j >= 0 && j > i - 200; j--)
        {
            Take();
        }

        var sum200 = sum;
        for (; j >= 0 && j > i - SymbolState.Window; j--)
        {
            Take();
        }

        return new(sum20, sum50, sum200, high, low);

        void Take()
        {
            sum += ticks[j];
            high = Math.Max(high, ticks[j]);
            low = Math.Min(low, ticks[j]);
        }
    }
}
