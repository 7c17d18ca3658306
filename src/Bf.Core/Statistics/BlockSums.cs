namespace Bf.Core.Statistics;

/// <summary>
/// Sums of returns and of their squares over sets of blocks, for all trials. A set is a mask, a bit a block. The sums of every set of the lower half
/// of the blocks are kept; those of the upper half are made when its part of the mask changes, so sets are best asked for in ascending order of their upper half.
/// Each sum is made of its blocks anew, lowest first, never carried along: trials that are equal give equal sums.
/// </summary>
internal sealed class BlockSums
{
    private const double Noise = 1e-13; // of the squares: variance below it is rounding

    private readonly int _half;
    private readonly double[][] _sums;
    private readonly double[][] _squares;
    private readonly double[][] _lowSums;
    private readonly double[][] _lowSquares;
    private readonly int[] _dates;
    private readonly Upper[] _upper;

    public BlockSums(double[][] returns, int blocks)
    {
        (Trials, Blocks, _half) = (returns.Length, blocks, blocks / 2);
        _dates = new int[blocks];
        _sums = Rows(blocks);
        _squares = Rows(blocks);
        for (var b = 0; b < blocks; b++)
        {
            var (from, to) = ((int)((long)b * returns[0].Length / blocks), (int)((b + 1L) * returns[0].Length / blocks));
            _dates[b] = to - from;
            for (var trial = 0; trial < Trials; trial++)
            {
                double sum = 0, squares = 0;
                for (var t = from; t < to; t++)
                {
                    sum += returns[trial][t];
                    squares += returns[trial][t] * returns[trial][t];
                }

                (_sums[b][trial], _squares[b][trial]) = (sum, squares);
            }
        }

        _lowSums = Rows(1 << _half);
        _lowSquares = Rows(1 << _half);
        for (var set = 1; set < 1 << _half; set++)
        {
            Sum(_sums, 0, set, _lowSums[set]);
            Sum(_squares, 0, set, _lowSquares[set]);
        }

        // a set and its complement are asked for in turn: one of each
        _upper = [new(Trials), new(Trials)];
    }

    public int Trials { get; }

    public int Blocks { get; }

    /// <summary>The Sharpe ratio of each trial over a set of blocks; 0 where its returns do not vary.</summary>
    public void Sharpes(int set, double[] sharpes)
    {
        var upper = UpperOf(set >> _half);
        var (lowSums, lowSquares) = (_lowSums[set & ((1 << _half) - 1)], _lowSquares[set & ((1 << _half) - 1)]);
        var (highSums, highSquares) = (upper.Sums, upper.Squares);
        double dates = 0;
        for (var b = 0; b < Blocks; b++)
        {
            dates += (set >> b & 1) * _dates[b];
        }

        // (S / n) / sqrt((Q - S^2 / n) / (n - 1)) = S sqrt(n - 1) / sqrt(n (n Q - S^2))
        var scale = Math.Sqrt((dates - 1) / dates);
        for (var i = 0; i < sharpes.Length; i++)
        {
            var sum = lowSums[i] + highSums[i];
            var squares = (lowSquares[i] + highSquares[i]) * dates;
            var variance = squares - (sum * sum);
            sharpes[i] = variance > Noise * squares ? sum * scale / Math.Sqrt(variance) : 0;
        }
    }

    private Upper UpperOf(int set)
    {
        var upper = _upper[set >> (_half - 1)]; // the highest block tells a set from its complement
        if (upper.Set != set)
        {
            upper.Set = set;
            Sum(_sums, _half, set, upper.Sums);
            Sum(_squares, _half, set, upper.Squares);
        }

        return upper;
    }

    private static void Sum(double[][] rows, int first, int set, double[] into)
    {
        Array.Clear(into);
        for (var b = first; set != 0; b++, set >>= 1)
        {
            if ((set & 1) != 0)
            {
                var row = rows[b];
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] += row[i];
                }
            }
        }
    }

    private double[][] Rows(int count)
    {
        var rows = new double[count][];
        for (var i = 0; i < count; i++)
        {
            rows[i] = new double[Trials];
        }

        return rows;
    }

    private sealed class Upper(int trials)
    {
        public int Set { get; set; }

        public double[] Sums { get; } = new double[trials];

        public double[] Squares { get; } = new double[trials];
    }
}
