using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Counts;
using Bf.Jobs.Engines;
using Bf.Jobs.Generate;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Signals;

/// <summary>A universe's results, read back from the lake: the counts are stored, the series, thrusts and score follow from them.</summary>
public sealed class SignalReader
{
    private SignalReader(string universe, BreadthPanel panel, GenerateSettings settings, bool isBehind) =>
        (Universe, Settings, IsBehind, Panel, Score, Memory) = (universe, settings, isBehind, panel, new BreadthScore(panel, settings: settings.Score), new ThrustMemory(panel));

    /// <summary>The universe's name.</summary>
    public string Universe { get; }

    /// <summary>The settings that the results were computed with.</summary>
    public GenerateSettings Settings { get; }

    /// <summary>Whether bars (or counts) were added, changed or deleted after the results were computed.</summary>
    public bool IsBehind { get; }

    /// <summary>Counts and series.</summary>
    public BreadthPanel Panel { get; }

    /// <summary>The score, with the settings that it was stored with.</summary>
    public BreadthScore Score { get; }

    /// <summary>The thrusts.</summary>
    public ThrustMemory Memory { get; }

    /// <summary>Reads a universe.</summary>
    /// <exception cref="JobException">Nothing was computed for it yet.</exception>
    public static SignalReader Read(DataLake lake, Universe universe, Interval interval)
    {
        var settings = StoredSettings.Of(lake, universe, interval);
        var breadth = lake.Table(Tables.BreadthWith(settings.Indicators));
        var snapshot = breadth.Load();
        var stored = BreadthReader.Read(breadth, snapshot, universe.Name, interval, settings.Indicators);
        if (stored.Count == 0)
        {
            throw new JobException($"nothing was computed for universe {universe.Name} yet; do it with: bf signals generate{(universe.IsAll ? "" : $" --universe {universe.Name}")}");
        }

        var table = lake.Source(universe, interval);
        var source = table.Load();
        var progress = Progress.In(snapshot, interval, universe.Name);
        var whole = !source.Exists || progress.Fingerprint == Fingerprint.Of(source.MetaData!.Id, universe, settings, null, null);
        return new(universe.Name, new BreadthPanel(whole ? stored : Recount(table, source, universe, interval, settings, stored.Ts[^1])), settings, IsChanged(table, source, progress));
    }

    private static bool IsChanged(DeltaTable table, Snapshot source, Progress progress) =>
        source.Exists && progress.BarsVersion is { } version && version != source.Version && !BarChanges.Between(table, version, source.Version).Nothing;

    /// <summary>
    /// Rows of a range of dates were stored, but the series go back to the first bar: the counts are made again from their source, up to
    /// the last date stored.
    /// </summary>
    private static BreadthTally Recount(DeltaTable table, Snapshot source, Universe universe, Interval interval, GenerateSettings settings, long last) =>
        universe.IsCounts ? CountReader.Read(table, source, universe.Name, interval, last) : new LocalEngine(table, [universe], new Stopwatches(), settings.Indicators).ScanAll(source, last).Tallies[0];

    /// <summary>The index of a date; of the last date when none is given.</summary>
    /// <exception cref="JobException">There is no such date; the message names its neighbours.</exception>
    public int IndexOf(long? ts)
    {
        if (ts is null)
        {
            return Panel.Count - 1;
        }

        var at = Array.BinarySearch(Panel.Ts, ts.Value);
        if (at >= 0)
        {
            return at;
        }

        var near = new[] { ~at - 1, ~at }.Where(i => i >= 0 && i < Panel.Count).Select(i => Timestamp.Format(Panel.Ts[i]));
        throw new JobException($"universe {Universe} has no bars on {Timestamp.Format(ts.Value)}; next to it are {string.Join(" and ", near)}");
    }
}
