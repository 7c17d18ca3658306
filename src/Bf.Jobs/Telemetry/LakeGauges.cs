using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Telemetry;

/// <summary>How a lake is, for long commands that are asked for metrics: looked up when somebody asks, once a minute at the most, and kept until then.</summary>
public sealed class LakeGauges
{
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);
    private static readonly string[] Intervals = ["1d", "1h", "30m", "15m", "10m", "5m", "2m", "1m"];
    private readonly DataLake _lake;
    private readonly Lock _gate = new();
    private State? _state;
    private long _at;

    private LakeGauges(DataLake lake) => _lake = lake;

    /// <summary>Gives them out.</summary>
    public static void Observe(DataLake lake)
    {
        var gauges = new LakeGauges(lake);
        Meters.Observe(Instruments.LakeLastBar, () => gauges.Now().LastBars);
        Meters.Observe(Instruments.LakeQuarantine, () => gauges.Now().Quarantine is { } rows ? [(rows, null)] : []);
        Meters.Observe(Instruments.LakeFree, () => gauges.Now().Free is { } bytes ? [(bytes, null)] : []);
    }

    private State Now()
    {
        lock (_gate)
        {
            if (_state is null || _lake.Clock.GetElapsedTime(_at) >= Lasting)
            {
                (_state, _at) = (Read(), _lake.Clock.GetTimestamp());
            }

            return _state;
        }
    }

    private State Read()
    {
        try
        {
            return new(LastBars(), Quarantine(), Free());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DuckException or DeltaException or JobException or ServiceDownException)
        {
            Log.Debug($"metrics: the lake can't be read: {e.Message}");
            return _state ?? new([], null, null);
        }
    }

    private List<(double Value, string? Attribute)> LastBars()
    {
        List<(double, string?)> last = [];
        using var connection = DuckDatabase.Connect();
        foreach (var name in Intervals)
        {
            var table = _lake.Bars(Interval.Parse(name));
            var snapshot = table.Load();
            if (snapshot.Exists && snapshot.Files.Count > 0)
            {
                last.Add((connection.Scalar($"SELECT epoch_us(max(ts)) FROM {table.Relation(snapshot)}") / 1e6, name));
            }
        }

        return last;
    }

    private double? Quarantine()
    {
        var table = _lake.Table(Tables.Quarantine);
        var snapshot = table.Load();
        using var connection = DuckDatabase.Connect();
        return snapshot.Files.Count == 0 ? 0 : connection.Scalar($"SELECT count(*) FROM {table.Relation(snapshot)}");
    }

    private double? Free() => _lake.Root.Contains("://", StringComparison.Ordinal) || !Directory.Exists(_lake.Root) ? null : new DriveInfo(Path.GetFullPath(_lake.Root)).AvailableFreeSpace;

    private sealed record State(IReadOnlyList<(double Value, string? Attribute)> LastBars, double? Quarantine, double? Free);
}
