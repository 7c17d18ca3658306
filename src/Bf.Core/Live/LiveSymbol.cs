using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Bf.Core.Breadth;

namespace Bf.Core.Live;

/// <summary>
/// What is known of a symbol while its bars come one by one: the ticks that its windows need, the windows up to its last bar, and its pending bars,
/// those that may still be corrected. All before them are firm: no bar comes between them any more.
/// </summary>
internal sealed class LiveSymbol(byte[] name, Seat[] seats)
{
    /// <summary>
    /// The most bars of a symbol that may still be corrected: from the horizon on a partition has no more times than the horizon, the one after it, the
    /// clock, and the one that a single bar may be ahead.
    /// </summary>
    public const int MostPending = 4;

    /// <summary>The longest window before the oldest pending bar, and the pending ones: 256.</summary>
    private const int MostTicks = SymbolState.Window + MostPending;

    private const int FewestTicks = 32;

    private long[] _ticks = []; // a ring: the tick of bar n lies at n modulo its length, a power of two
    private long _mask = -1; // the length less one: with thousands of symbols the array's own is one more line that is not in the cache
    private RollingExtremes _extremes = new();
    private long _sum20;
    private long _sum50;
    private long _sum200;
    private PendingRing _pending;

    /// <summary>The symbol in UTF-8.</summary>
    public byte[] Name => name;

    /// <summary>Its stays in the universes.</summary>
    public Seat[] Seats => seats;

    /// <summary>How many bars it has.</summary>
    public long Bars { get; private set; }

    /// <summary>Its last bar's time.</summary>
    public long LastTs { get; private set; } = long.MinValue;

    /// <summary>The time of its last firm bar.</summary>
    public long FirmTs { get; private set; } = long.MinValue;

    /// <summary>How many of its bars may still be corrected.</summary>
    public int Pending { get; private set; }

    /// <summary>How many of its bars are firm.</summary>
    public long FirmBars => Bars - Pending;

    /// <summary>How many ticks a state after its last firm bar holds.</summary>
    public int FirmTicks => (int)Math.Min(FirmBars, SymbolState.Window);

    /// <summary>A pending bar, 0 for the oldest.</summary>
    public LiveBar this[int pending] => new(Place(pending).Ts, TickOf(FirmBars + pending), Place(pending).Volume);

    /// <summary>Makes bars before a time firm.</summary>
    public void Firm(long horizon)
    {
        while (Pending > 0 && Place(0).Ts < horizon)
        {
            FirmTs = Place(0).Ts;
            Pending--;
        }
    }

    /// <summary>Where among the pending bars one of this time is, or would have to come.</summary>
    public int PlaceOf(long ts)
    {
        var place = Pending;
        while (place > 0 && Place(place - 1).Ts >= ts)
        {
            place--;
        }

        return place;
    }

    /// <summary>Adds a bar after the last.</summary>
    /// <returns>What it adds to tallies.</returns>
    public Contribution Append(long ts, long tick, long volume)
    {
        if (Bars > _mask)
        {
            GrowTicks(Bars + 1);
        }

        var bar = Bars;
        var previous = TickOf(bar - 1);
        _sum20 += tick - (bar >= 20 ? TickOf(bar - 20) : 0);
        _sum50 += tick - (bar >= 50 ? TickOf(bar - 50) : 0);
        _sum200 += tick - (bar >= 200 ? TickOf(bar - 200) : 0);
        TickOf(bar) = tick;
        var (high, low) = _extremes.Push(_ticks, bar, tick);
        var flags = BarStep.Flags(bar, previous, tick, new(_sum20, _sum50, _sum200, high, low), out var gain);
        (Bars, LastTs) = (bar + 1, ts);
        Place(Pending++) = (ts, volume);
        return new(ts, bar, volume, flags, gain);
    }

    /// <summary>Takes the pending bars from one on away, and brings the windows to the bar before it; another has to be appended then.</summary>
    /// <exception cref="InvalidOperationException">There are more pending bars than can be.</exception>
    public unsafe void Truncate(int pending)
    {
        if (Pending > MostPending)
        {
            throw new InvalidOperationException($"{Pending} bars of a symbol may still be corrected");
        }

        (Bars, Pending) = (FirmBars + pending, pending);
        var ticks = stackalloc long[SymbolState.Window];
        var count = (int)Math.Min(Bars, SymbolState.Window);
        CopyTicks(Bars, new(ticks, count));
        var windows = BarWindows.Of(ticks, count - 1);
        (_sum20, _sum50, _sum200) = (windows.Sum20, windows.Sum50, windows.Sum200);
        _extremes.Rebuild(_ticks, Bars - 1);
    }

    /// <summary>Copies the last ticks of the firm bars, oldest first.</summary>
    public void CopyFirmTicks(Span<long> ticks) => CopyTicks(FirmBars, ticks);

    /// <summary>Begins after firm bars.</summary>
    public void Resume(SymbolState state)
    {
        (Bars, LastTs, FirmTs, Pending) = (state.Bars, state.LastTs, state.LastTs, 0);
        GrowTicks(Bars);
        for (var i = 0; i < state.Ticks.Length; i++)
        {
            TickOf(Bars - state.Ticks.Length + i) = state.Ticks[i];
        }

        Truncate(0);
    }

    private ref (long Ts, long Volume) Place(int pending) => ref _pending[(int)(Bars - Pending + pending) & (PendingRing.Length - 1)];

    /// <summary>The place of a bar's tick; the mask keeps it inside the ring.</summary>
    private ref long TickOf(long bar) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_ticks), (nint)(bar & _mask));

    private void CopyTicks(long end, Span<long> ticks)
    {
        var at = (int)((end - ticks.Length) & _mask);
        var first = Math.Min(ticks.Length, _ticks.Length - at);
        _ticks.AsSpan(at, first).CopyTo(ticks);
        _ticks.AsSpan(0, ticks.Length - first).CopyTo(ticks[first..]);
    }

    /// <summary>A ring that is not yet full holds bar n at n, whatever its length.</summary>
    private void GrowTicks(long bars)
    {
        var length = (int)Math.Clamp((long)BitOperations.RoundUpToPowerOf2((ulong)bars), FewestTicks, MostTicks);
        if (length > _ticks.Length)
        {
            Array.Resize(ref _ticks, length);
            _mask = length - 1;
        }
    }
}
