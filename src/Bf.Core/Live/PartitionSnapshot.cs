using System.Text;
using Bf.Core.Breadth;

namespace Bf.Core.Live;

/// <summary>
/// What a <see cref="PartitionCounter"/> held at one moment: a copy, that another thread may encode while the counter goes on.
/// <see cref="PartitionCounter.Restore"/> goes on from its bytes.
/// </summary>
/// <remarks>
/// The bytes, numbers in eight, low byte first: version; names of the universes (number, then length and bytes of each); latest time, clock, horizon, bars;
/// times (number, then time, volume, 1 where it changed and was not told, counts); symbols (number, then length and bytes of the name, last firm time,
/// firm bars, length and bytes of their <see cref="SymbolState"/>, pending bars: number, then time, tick, volume); a check of all before it.
/// </remarks>
public sealed class PartitionSnapshot
{
    internal const long Version = 1;

    internal PartitionSnapshot(int symbols, int firmTicks, int pending)
    {
        States = new SymbolCopy[symbols];
        Ticks = GC.AllocateUninitializedArray<long>(firmTicks);
        Pending = new LiveBar[pending];
    }

    /// <summary>How many symbols had bars.</summary>
    public int Symbols => States.Length;

    /// <summary>How many bars were taken.</summary>
    public long Bars { get; internal init; }

    /// <summary>The counter's <see cref="PartitionCounter.Clock"/>.</summary>
    public long Clock { get; internal init; }

    /// <summary>The counter's <see cref="PartitionCounter.Horizon"/>.</summary>
    public long Horizon { get; internal init; }

    internal long Latest { get; init; }

    internal string[] Universes { get; init; } = [];

    internal TimeCopy[] Times { get; init; } = [];

    /// <summary>The symbols; their ticks and pending bars lie one symbol's after the other's.</summary>
    internal SymbolCopy[] States { get; }

    internal long[] Ticks { get; }

    internal LiveBar[] Pending { get; }

    /// <summary>The snapshot as bytes, about two for each tick.</summary>
    public byte[] Encode()
    {
        var writer = new SnapshotWriter(4096 + (Times.Length * 256) + (Ticks.Length * 4) + (States.Length * 128));
        writer.Number(Version);
        writer.Number(Universes.Length);
        foreach (var universe in Universes)
        {
            writer.Bytes(Encoding.UTF8.GetBytes(universe));
        }

        writer.Number(Latest);
        writer.Number(Clock);
        writer.Number(Horizon);
        writer.Number(Bars);
        writer.Number(Times.Length);
        foreach (var time in Times)
        {
            writer.Number(time.Ts);
            writer.Number(time.Volume);
            writer.Number(time.Changed ? 1 : 0);
            writer.Numbers(time.Counts);
        }

        WriteSymbols(writer);
        return writer.Finish();
    }

    private void WriteSymbols(SnapshotWriter writer)
    {
        writer.Number(States.Length);
        ReadOnlySpan<long> ticks = Ticks;
        ReadOnlySpan<LiveBar> pending = Pending;
        foreach (ref readonly var state in States.AsSpan())
        {
            writer.Bytes(state.Name);
            writer.Number(state.FirmTs);
            writer.Number(state.FirmBars);
            writer.Bytes(SymbolState.Encode(ticks[..state.Ticks]));
            writer.Number(state.Pending);
            foreach (ref readonly var bar in pending[..state.Pending])
            {
                writer.Number(bar.Ts);
                writer.Number(bar.Tick);
                writer.Number(bar.Volume);
            }

            ticks = ticks[state.Ticks..];
            pending = pending[state.Pending..];
        }
    }

    /// <summary>A symbol: its ticks and pending bars by their number.</summary>
    internal readonly record struct SymbolCopy(byte[] Name, long FirmTs, long FirmBars, int Ticks, int Pending);

    /// <summary>The counts of a time.</summary>
    internal sealed record TimeCopy(long Ts, long Volume, bool Changed, long[] Counts);
}
