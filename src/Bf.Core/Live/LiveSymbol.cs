using System.Numerics;
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

    private long[] _ticks = []; // the tick of bar n lies at n modulo the length, a power of two
    private LiveBar[] _pending = []; // a ring, too
    private int _oldest;
    private RollingExtremes _extremes = new();
    private long _sum20;
    private long _sum50;
    private long _sum200;

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
    public ref readonly LiveBar this[int pending] => ref _pending[(_oldest + pending) & (_pending.Length - 1)];

    /// <summary>Makes bars before a time firm.</summary>
    public void Firm(long horizon)
    {
        while (Pending > 0 && this[0].Ts < horizon)
        {
            FirmTs = this[0].Ts;
            _oldest = (_oldest + 1) & (_pending.Length - 1);
            Pending--;
        }
    }

    /// <summary>Where among the pending bars one of this time is, or would have to come.</summary>
    public int PlaceOf(long ts)
    {
        var place = Pending;
        while (place > 0 && this[place - 1].Ts >= ts)
        {
            place--;
        }

        return place;
    }

    /// <summary>Adds a bar after the last.</summary>
    public ref readonly LiveBar Append(long ts, long tick, long volume)
    {
        if (Bars == _ticks.Length)
        {
            GrowTicks(Bars + 1);
        }

        var (ring, bar) = (_ticks, Bars);
        var mask = ring.Length - 1;
        var previous = ring[(int)(bar - 1) & mask];
        ring[(int)bar & mask] = tick;
        _sum20 += tick - (bar >= 20 ? ring[(int)(bar - 20) & mask] : 0);
        _sum50 += tick - (bar >= 50 ? ring[(int)(bar - 50) & mask] : 0);
        _sum200 += tick - (bar >= 200 ? ring[(int)(bar - 200) & mask] : 0);
        var (high, low) = _extremes.Push(ring, bar, tick);
        var flags = BarStep.Flags(bar, previous, tick, new(_sum20, _sum50, _sum200, high, low), out var gain);
        (Bars, LastTs) = (bar + 1, ts);
        return ref Push(new(ts, bar, tick, volume, flags, gain));
    }

    /// <summary>Takes the pending bars from one on away, and brings the windows to the bar before it.</summary>
    /// <exception cref="InvalidOperationException">There are more pending bars than can be.</exception>
    public unsafe void Truncate(int pending)
    {
        if (Pending > MostPending)
        {
            throw new InvalidOperationException($"{Pending} bars of a symbol may still be corrected");
        }

        Bars += pending - Pending;
        Pending = pending;
        LastTs = pending > 0 ? this[pending - 1].Ts : FirmTs;

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
            _ticks[(int)(Bars - state.Ticks.Length + i) & (_ticks.Length - 1)] = state.Ticks[i];
        }

        Truncate(0);
    }

    private void CopyTicks(long end, Span<long> ticks)
    {
        var at = (int)(end - ticks.Length) & (_ticks.Length - 1);
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
        }
    }

    private ref readonly LiveBar Push(scoped in LiveBar bar)
    {
        if (Pending == _pending.Length)
        {
            var more = new LiveBar[Math.Max(MostPending, 2 * Pending)];
            for (var i = 0; i < Pending; i++)
            {
                more[i] = this[i];
            }

            (_pending, _oldest) = (more, 0);
        }

        ref var place = ref _pending[(_oldest + Pending++) & (_pending.Length - 1)];
        place = bar;
        return ref place;
    }
}
