using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Generate;

/// <summary>One universe on its way through a run: what it goes on from, and what comes out.</summary>
/// <param name="universe">The universe.</param>
/// <param name="request">What was asked for.</param>
/// <param name="source">The snapshot of bars or counts that it is made from.</param>
internal sealed class UniverseWork(Universe universe, GenerateRequest request, Snapshot source)
{
    private long _after = long.MinValue;

    public Universe Universe { get; } = universe;

    /// <summary>What the results are made from.</summary>
    public Progress To { get; } = new(source.Version, Fingerprint.Of(source.MetaData!.Id, universe, request.Settings, request.From, request.To));

    public GenerateMode Mode { get; private set; } = GenerateMode.Full;

    /// <summary>Why everything is computed anew; null where it is not.</summary>
    public string? Why { get; private set; }

    /// <summary>What the stored rows were made from, where they stay.</summary>
    public Progress? From { get; private set; }

    /// <summary>The counts that are known already.</summary>
    public BreadthTally Before { get; private set; } = BreadthTally.Empty;

    /// <summary>Counts and series; like score and thrusts there once they were computed.</summary>
    public BreadthPanel Panel { get; private set; } = null!;

    public BreadthScore Score { get; private set; } = null!;

    public ThrustMemory Memory { get; private set; } = null!;

    public bool IsComputed => Mode is GenerateMode.Full or GenerateMode.Incremental;

    public void NothingNew() => Mode = GenerateMode.Nothing;

    public void Nobody() => Mode = GenerateMode.Empty;

    public void Anew(string why) => (Mode, Why, From) = (GenerateMode.Full, why, null);

    public void GoOnFrom(Progress from, BreadthTally before)
    {
        (Mode, Why, From, Before) = (GenerateMode.Incremental, null, from, before);
        _after = before.Count > 0 ? before.Ts[^1] : long.MinValue;
    }

    /// <summary>Makes series, score and thrusts of what is known and what is new.</summary>
    public void Compute(BreadthTally counted)
    {
        var results = UniverseResults.Of(Universe, BreadthTally.Add(Before, counted), Before.Count, request.Settings);
        (Panel, Score, Memory) = (results.Panel, results.Score, results.Memory);
    }

    /// <summary>Whether a date's rows are written.</summary>
    public bool Writes(long ts) => ts > _after && ts >= (request.From ?? long.MinValue) && ts <= (request.To ?? long.MaxValue);

    /// <summary>What was computed, and the dates that are written.</summary>
    public UniverseResults Results()
    {
        var (from, end) = Written();
        return new(Universe, Panel, Score, Memory, from, end);
    }

    /// <summary>The indices of the dates that are written: the first, and the one after the last.</summary>
    private (int From, int End) Written()
    {
        var from = 0;
        while (from < Panel.Count && !Writes(Panel.Ts[from]))
        {
            from++;
        }

        var end = from;
        while (end < Panel.Count && Writes(Panel.Ts[end]))
        {
            end++;
        }

        return (from, end);
    }

    public UniverseResult Result()
    {
        if (!IsComputed)
        {
            return new(Universe, Mode, Why, 0, 0, []);
        }

        var (from, end) = Written();
        var thrusts = 0;
        foreach (var fires in Memory.Fires)
        {
            foreach (var fire in fires)
            {
                thrusts += fire.Index >= from && fire.Index < end ? 1 : 0;
            }
        }

        return new(Universe, Mode, Why, end - from, thrusts, Array.FindAll([.. Coverage.Thin(Panel.Tally, Before.Count)], d => Writes(d.Ts)));
    }
}
