namespace Bf.Core.Statistics;

/// <summary>A detector's fires.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fires">Their dates, ascending, indices into the dates of the forward returns.</param>
public sealed record EventSeries(string Name, int[] Fires);

/// <summary>
/// Whether what followed a detector's fires is more than luck, for several detectors and horizons. The work is in pieces that any threads may run in
/// any order; each has its own stream of chance, keyed by seed, detector, horizon and the number of its draws, so the figures are the same on any number
/// of threads, and a detector's are the same whatever is tested beside it, q-values excepted.
/// </summary>
public sealed class EventTests
{
    private const int DrawsInPiece = 250;
    private const double Tail = 0.025;

    // Below this many blocks' worth of dates, or two fires apart, a resample can hardly differ from the history.
    private const int FewestBlocks = 4;
    private const int FewestApart = 2;

    private readonly IReadOnlyList<EventSeries> _series;
    private readonly Horizon[] _horizons;
    private readonly int _draws;
    private readonly long _seed;
    private readonly int _piecesOfHorizon;

    /// <summary>Prepares the tests.</summary>
    /// <param name="series">The detectors' fires.</param>
    /// <param name="forward">The index's forward returns.</param>
    /// <param name="horizons">Horizons in dates, each at least 1.</param>
    /// <param name="draws">How often history is drawn anew, and how often dates are; 10,000 leave p-values right to about 0.002.</param>
    /// <param name="seed">Where chance begins.</param>
    /// <exception cref="ArgumentOutOfRangeException">A fire is outside the dates, a horizon below 1, or there are no draws.</exception>
    public EventTests(IReadOnlyList<EventSeries> series, ForwardReturns forward, IReadOnlyList<int> horizons, int draws, long seed)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(horizons);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        (_series, _draws, _seed) = (series, draws, seed);
        var outcomes = series.Select(s => ThrustFollowUp.Of(s.Fires, forward, horizons)).ToArray();
        _horizons = [.. horizons.Select((h, at) => new Horizon(h, [.. outcomes.Select(o => o[at])], new EventReturns(forward.Over(h), [.. series.Select(s => s.Fires)]), draws))];
        _piecesOfHorizon = (draws + DrawsInPiece - 1) / DrawsInPiece;
    }

    /// <summary>The pieces of work.</summary>
    public int Pieces => _piecesOfHorizon * _horizons.Length;

    /// <summary>Does one piece of work, 0 to <see cref="Pieces"/> - 1; once each.</summary>
    public void Run(int piece)
    {
        var (horizon, block) = (_horizons[piece / _piecesOfHorizon], piece % _piecesOfHorizon);
        var (from, to) = (block * DrawsInPiece, Math.Min(_draws, (block + 1) * DrawsInPiece));
        horizon.Bootstrap?.Draw(SplitMix64.Of(_seed, "", horizon.Dates, block), horizon.Lifts, from, to);
        for (var d = 0; d < _series.Count; d++)
        {
            if (horizon.Random[d] is { } dates)
            {
                Interlocked.Add(ref horizon.AsHigh[d], dates.AtLeastAsHigh(SplitMix64.Of(_seed, _series[d].Name, horizon.Dates, block), to - from));
            }
        }
    }

    /// <summary>The results, by detector and then by horizon in the orders given; after every piece has been run.</summary>
    public IReadOnlyList<EventResult> Results()
    {
        var results = _series.SelectMany((s, d) => _horizons.Select(h => h.Result(s.Name, d, _draws))).ToArray();
        var tested = Array.FindAll(results, r => r.PValue is not null);
        var q = BenjaminiHochberg.Adjust(Array.ConvertAll(tested, r => r.PValue!.Value));
        var at = 0;
        return Array.ConvertAll(results, r => r.PValue is null ? r : r with { QValue = q[at++] });
    }

    private sealed class Horizon
    {
        private readonly HorizonOutcome[] _outcomes;

        public Horizon(int dates, HorizonOutcome[] outcomes, EventReturns returns, int draws)
        {
            (Dates, _outcomes) = (dates, outcomes);
            Random = Array.ConvertAll(returns.Events, e => e.Length == 0 ? null : new ClusteredDates(returns.Values, e));
            AsHigh = new int[Random.Length];
            Lifts = Array.ConvertAll(Random, _ => Array.Empty<double>());
            if (returns.Values.Length >= FewestBlocks * StationaryBootstrap.MeanBlockOf(returns.Values.Length, dates) && Array.Exists(outcomes, o => o.Apart >= FewestApart))
            {
                Bootstrap = new(returns, dates);
                Lifts = Array.ConvertAll(Random, _ => new double[draws]);
            }
        }

        public int Dates { get; }

        public StationaryBootstrap? Bootstrap { get; }

        /// <summary>The lift of each draw, by detector.</summary>
        public double[][] Lifts { get; }

        /// <summary>Random dates for each detector; null without events.</summary>
        public ClusteredDates?[] Random { get; }

        /// <summary>The draws with a mean at least as high, by detector.</summary>
        public int[] AsHigh { get; }

        public EventResult Result(string name, int d, int draws)
        {
            var outcome = _outcomes[d];
            var lifts = outcome.Apart >= FewestApart ? Array.FindAll(Lifts[d], double.IsFinite) : [];
            return new(
                name, outcome, Quantile(lifts, Tail), Quantile(lifts, 1 - Tail),
                Random[d] is null ? null : (1.0 + AsHigh[d]) / (1.0 + draws), null);
        }

        /// <summary>The smallest value that at least a share of all do not exceed.</summary>
        private static double? Quantile(double[] lifts, double share) =>
            lifts.Length == 0 ? null : OrderStatistic.At(lifts, Math.Max(0, (int)Math.Ceiling(share * lifts.Length) - 1));
    }
}
