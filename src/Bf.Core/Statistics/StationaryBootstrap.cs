namespace Bf.Core.Statistics;

/// <summary>
/// The stationary bootstrap of Politis and Romano (Journal of the American Statistical Association 89(428), 1994), of the lift: dates of the whole
/// history are drawn in blocks that begin anywhere, have geometric lengths, and wrap around the end; a date takes its forward return along and
/// whether a detector fired on it. The same draws serve all detectors of a horizon. Prefix sums make a draw cost its blocks, not its dates.
/// </summary>
internal sealed class StationaryBootstrap
{
    // Volatility and fires come in clusters of some days even where returns do not overlap.
    private const int ShortestMean = 10;

    private readonly int _dates;
    private readonly double _logContinue;
    private readonly long[] _sums;
    private readonly Detector[] _detectors;

    public StationaryBootstrap(EventReturns returns, int horizon)
    {
        _dates = returns.Values.Length;
        MeanBlock = MeanBlockOf(_dates, horizon);
        _logContinue = ExactMath.Log(1 - (1.0 / MeanBlock));
        _sums = new long[(2 * _dates) + 1];
        for (var i = 0; i < 2 * _dates; i++)
        {
            _sums[i + 1] = _sums[i] + returns.Values[i % _dates];
        }

        _detectors = Array.ConvertAll(returns.Events, events => new Detector(events, returns.Values));
    }

    /// <summary>The mean length of a block in dates.</summary>
    public int MeanBlock { get; }

    /// <summary>
    /// The mean length of a block: max(10, h, (n h^2 / 9)^(1/3)), rounded up. Returns over h dates that overlap in all but one are correlated over h dates,
    /// so a block is never shorter. The last is the length that minimises the mean squared error of the estimated variance by the rule of Politis and White
    /// (Econometric Reviews 23(1), 2004, corrected by Patton, Politis and White, 28(4), 2009), (2 G^2 n / D)^(1/3) with D = 2 g(0)^2, put in for sums of h
    /// uncorrelated returns: g(0) = h R, G = h^2 R / 3, R their variance.
    /// </summary>
    public static int MeanBlockOf(int dates, int horizon)
    {
        var length = Math.Max(ShortestMean, horizon);
        while (9.0 * length * length * length < (double)dates * horizon * horizon)
        {
            length++;
        }

        return length;
    }

    /// <summary>Draws histories and gives the lift in each: NaN where no fire was drawn.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="lifts">For each detector the lift of each draw.</param>
    /// <param name="from">The first draw.</param>
    /// <param name="to">Beyond the last.</param>
    public void Draw(SplitMix64 random, double[][] lifts, int from, int to)
    {
        var (starts, ends) = (new int[_dates], new int[_dates]);
        for (var draw = from; draw < to; draw++)
        {
            int blocks = 0, left = _dates;
            var sum = 0L;
            while (left > 0)
            {
                var start = random.Below(_dates);
                var length = (int)Math.Min(left, 1 + Math.Floor(ExactMath.Log(random.Share()) / _logContinue));
                (starts[blocks], ends[blocks]) = (start, start + length);
                sum += _sums[start + length] - _sums[start];
                left -= length;
                blocks++;
            }

            var mean = (double)sum / _dates;
            for (var d = 0; d < _detectors.Length; d++)
            {
                lifts[d][draw] = (_detectors[d].Mean(starts, ends, blocks) - mean) / EventReturns.Unit;
            }
        }
    }

    private sealed class Detector
    {
        private readonly int[] _before; // fires before each date of the history laid out twice
        private readonly long[] _sums; // of the first so many fires

        public Detector(int[] events, long[] returns)
        {
            _before = new int[(2 * returns.Length) + 1];
            foreach (var at in events)
            {
                _before[at + 1] = _before[at + returns.Length + 1] = 1;
            }

            for (var i = 1; i < _before.Length; i++)
            {
                _before[i] += _before[i - 1];
            }

            _sums = new long[(2 * events.Length) + 1];
            for (var i = 1; i < _sums.Length; i++)
            {
                _sums[i] = _sums[i - 1] + returns[events[(i - 1) % events.Length]];
            }
        }

        public double Mean(int[] starts, int[] ends, int blocks)
        {
            if (_sums.Length == 1)
            {
                return double.NaN;
            }

            int events = 0;
            var sum = 0L;
            for (var b = 0; b < blocks; b++)
            {
                var (first, last) = (_before[starts[b]], _before[ends[b]]);
                if (last > first)
                {
                    events += last - first;
                    sum += _sums[last] - _sums[first];
                }
            }

            return events == 0 ? double.NaN : (double)sum / events;
        }
    }
}
