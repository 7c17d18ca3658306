namespace Bf.Sources.Synthetic;

/// <summary>
/// The sessions in which breadth is planted: once in 250 sessions, twelve washed-out ones, then ten of broad advance. The shares are such that
/// each detector's watched value steps over its threshold with room on both sides: Zweig's exponential mean on the fourth session of advance
/// (from 0.58 to 0.65), his simple mean and Deemer's ratio on the sixth (from 0.605 to 0.675, where 0.615 and 0.663 are to be passed).
/// </summary>
internal sealed class ThrustPlan
{
    private const int Block = 250;
    private const int Washout = 12;
    private const int Advance = 10;
    private const double GoldenShare = 0.6180339887498949;

    private static readonly (string Detector, int Session)[] Fires = [("zbt_ema", 4), ("zbt_sma", 6), ("deemer_1.97", 6), ("deemer_1.90", 6)];

    private readonly double[] _share;
    private readonly double[] _phase;

    public ThrustPlan(long seed, int sessions)
    {
        _share = new double[sessions];
        _phase = new double[sessions];
        var thrusts = new List<(int, string)>();
        for (var block = 0; block * Block < sessions; block++)
        {
            var random = new RandomStream(seed, Chance.Thrust, block);
            var first = (block * Block) + 60 + random.Below(Block - 60 - Advance);
            for (var t = first - Washout; t < first + Advance; t++)
            {
                var phase = random.Share();
                if (t < sessions)
                {
                    (_share[t], _phase[t]) = (t < first ? 0.28 : t == first ? 0.75 : 0.975, phase);
                }
            }

            thrusts.AddRange(Fires.Select(f => (first + f.Session - 1, f.Detector)).Where(f => f.Item1 < sessions));
        }

        Thrusts = thrusts;
    }

    /// <summary>The sessions and detectors that are to fire, by session.</summary>
    public IReadOnlyList<(int Session, string Detector)> Thrusts { get; }

    /// <summary>
    /// Whether a symbol is to rise (true) or fall (false) in a session; null where breadth is not planted. Multiples of the golden section lie
    /// evenly between 0 and 1, so the share that rises is met closely even by few symbols.
    /// </summary>
    public bool? Rises(int symbol, int session)
    {
        if (_share[session] == 0)
        {
            return null;
        }

        var place = (symbol * GoldenShare) + _phase[session];
        return place - Math.Floor(place) < _share[session];
    }

    /// <summary>How much is traded in a session, as a multiple of the usual: more in a planted advance.</summary>
    public double Activity(int session) => _share[session] > 0.5 ? 1.5 : 1;
}
