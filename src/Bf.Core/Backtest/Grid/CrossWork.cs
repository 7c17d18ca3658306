namespace Bf.Core.Backtest.Grid;

/// <summary>Some pairs of a grid on several threads: together they compare the averages, and when that is done, trade the pairs in turn.</summary>
internal sealed class CrossWork(double[] closes, SmaPair[] pairs, SmaCrossSettings settings, int first, int count, CrossWords words, PriceRanges? ranges, GridFigures[] figures)
{
    private const int PairsATurn = 16;

    private PriceRanges? _ranges = ranges;
    private Exception? _failure;
    private int _nextPart = -1;
    private int _partsDone;
    private int _nextPair = -PairsATurn;

    /// <summary>Computes the figures on so many threads and gives the ranges for the pairs that follow.</summary>
    public PriceRanges Run(int threads)
    {
        var helpers = new Thread[Math.Min(threads, (count + PairsATurn - 1) / PairsATurn) is > 1 and var most ? most - 1 : 0];
        for (var i = 0; i < helpers.Length; i++)
        {
            helpers[i] = new Thread(Take) { IsBackground = true };
            helpers[i].Start();
        }

        Take();
        foreach (var helper in helpers)
        {
            helper.Join();
        }

        return _failure is null ? _ranges! : throw new InvalidOperationException("the grid failed", _failure);
    }

    private void Take()
    {
        try
        {
            var room = words.Room();
            for (var part = Interlocked.Increment(ref _nextPart); part <= words.Words; part = Interlocked.Increment(ref _nextPart))
            {
                if (part == 0)
                {
                    _ranges ??= new PriceRanges(closes);
                }
                else
                {
                    words.Fill(part - 1, room);
                }

                Interlocked.Increment(ref _partsDone);
            }

            // never asleep: the others are at their last part
            for (var wait = default(SpinWait); Volatile.Read(ref _partsDone) <= words.Words && Volatile.Read(ref _failure) is null; wait.SpinOnce(sleep1Threshold: -1))
            {
            }

            var trader = new CrossTrader(closes, pairs, settings, words, _ranges);
            for (var from = Interlocked.Add(ref _nextPair, PairsATurn); from < count; from = Interlocked.Add(ref _nextPair, PairsATurn))
            {
                for (var i = from; i < Math.Min(from + PairsATurn, count); i++)
                {
                    figures[first + i] = trader.Trade(first + i, i);
                }
            }
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
        }
    }
}
