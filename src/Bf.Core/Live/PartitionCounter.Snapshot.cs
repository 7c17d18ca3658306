using System.Text;
using Bf.Core.Breadth;
using Bf.Core.Market;

namespace Bf.Core.Live;

/// <content>What a counter holds, to be kept and gone on from.</content>
public sealed partial class PartitionCounter
{
    /// <summary>A copy of all that it holds.</summary>
    public PartitionSnapshot Snapshot()
    {
        int symbols = 0, ticks = 0, pending = 0;
        foreach (var symbol in _symbols.All)
        {
            symbol.Firm(Horizon);
            symbols += symbol.Bars > 0 ? 1 : 0;
            ticks += symbol.FirmTicks;
            pending += symbol.Pending;
        }

        var snapshot = new PartitionSnapshot(symbols, ticks, pending)
        {
            Bars = Bars,
            Clock = Clock,
            Horizon = Horizon,
            Latest = _latest,
            Universes = Array.ConvertAll(_universes, u => u.Name),
            Times = [.. _calendar.Times.Select(t => new PartitionSnapshot.TimeCopy(t.Ts, t.Volume, t.Changed, t.Counts.ToArray()))],
        };
        CopySymbols(snapshot);
        return snapshot;
    }

    /// <summary>A counter that goes on from a snapshot as if nothing had happened.</summary>
    /// <param name="universes">The universes that were counted.</param>
    /// <param name="encoded">What <see cref="PartitionSnapshot.Encode"/> gave.</param>
    /// <exception cref="FormatException">The bytes are damaged, of another version, or of other universes.</exception>
    public static PartitionCounter Restore(IReadOnlyList<Universe> universes, ReadOnlySpan<byte> encoded)
    {
        var counter = new PartitionCounter(universes);
        var reader = new SnapshotReader(encoded);
        var version = reader.Number();
        if (version != PartitionSnapshot.Version)
        {
            throw SnapshotReader.Broken($"it has version {version}, not {PartitionSnapshot.Version}");
        }

        counter.CheckUniverses(ref reader);
        counter._latest = reader.Number();
        (counter.Clock, counter.Horizon, counter.Bars) = (reader.Number(), reader.Number(), reader.Number());
        counter.ReadTimes(ref reader);
        counter.ReadSymbols(ref reader);
        return reader.AtEnd ? counter : throw SnapshotReader.Broken("something follows it");
    }

    private void CopySymbols(PartitionSnapshot snapshot)
    {
        int at = 0, ticks = 0, pending = 0;
        foreach (var symbol in _symbols.All)
        {
            if (symbol.Bars == 0)
            {
                continue;
            }

            snapshot.States[at++] = new(symbol.Name, symbol.FirmTs, symbol.FirmBars, symbol.FirmTicks, symbol.Pending);
            symbol.CopyFirmTicks(snapshot.Ticks.AsSpan(ticks, symbol.FirmTicks));
            ticks += symbol.FirmTicks;
            for (var i = 0; i < symbol.Pending; i++)
            {
                snapshot.Pending[pending++] = symbol[i];
            }
        }
    }

    private void CheckUniverses(ref SnapshotReader reader)
    {
        var names = new string[reader.Count(sizeof(long))];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Encoding.UTF8.GetString(reader.Bytes());
        }

        if (!names.AsSpan().SequenceEqual(Array.ConvertAll(_universes, u => u.Name)))
        {
            throw SnapshotReader.Broken($"it counts {string.Join(", ", names)}");
        }
    }

    private void ReadTimes(ref SnapshotReader reader)
    {
        var last = long.MinValue;
        var columns = _universes.Length * BreadthTally.ColumnCount;
        for (var left = reader.Count((3 + columns) * sizeof(long)); left > 0; left--)
        {
            var tally = new LiveTally(reader.Number(), _universes.Length) { Volume = reader.Number() };
            var changed = reader.Number();
            foreach (ref var count in tally.Counts)
            {
                count = reader.Number();
            }

            if (tally.Ts <= last || tally.Volume < 0 || changed is not (0 or 1))
            {
                throw SnapshotReader.Broken($"the time {tally.Ts} is not sound");
            }

            last = tally.Ts;
            _calendar.Append(tally);
            if (changed == 1)
            {
                _calendar.Change(tally);
            }
        }
    }

    private void ReadSymbols(ref SnapshotReader reader)
    {
        for (var left = reader.Count(5 * sizeof(long)); left > 0; left--)
        {
            var name = reader.Bytes();
            var symbol = _symbols.Find(name) ?? (_open ? Add(name.ToArray()) : throw Unsound(name));
            var (ts, bars) = (reader.Number(), reader.Number());
            var state = reader.Bytes();
            if (symbol.Bars > 0 || bars < 0)
            {
                throw Unsound(name);
            }

            if (bars > 0)
            {
                symbol.Resume(SymbolState.Decode(ts, bars, state));
            }

            for (var pending = reader.Count(3 * sizeof(long)); pending > 0; pending--)
            {
                var (next, tick, volume) = (reader.Number(), reader.Number(), reader.Number());
                if (next <= symbol.LastTs || tick is < 1 or > Ticks.Max || volume < 0 || symbol.Pending == LiveSymbol.MostPending)
                {
                    throw Unsound(name);
                }

                symbol.Append(next, tick, volume);
            }

            Symbols += symbol.Bars > 0 ? 1 : throw Unsound(name);
        }
    }

    private static FormatException Unsound(ReadOnlySpan<byte> name) => SnapshotReader.Broken($"what it holds of the symbol {Encoding.UTF8.GetString(name)} is not sound");
}
