using System.Text;
using Bf.Core.Breadth;
using Bf.Core.Market;

namespace Bf.Core.Live;

/// <summary>
/// Counts the bars of one partition's symbols as they come, one by one, by the kernel's own step. Whatever it decides rests on the order of the calls
/// alone, so that who counts the same bars again decides the same. For each symbol it keeps the windows and the bars that may still be corrected.
/// Not for concurrent use; what it hands out is the caller's.
/// </summary>
public sealed partial class PartitionCounter
{
    private readonly Universe[] _universes;
    private readonly bool _open; // to symbols that no list names
    private readonly SymbolTable _symbols = new();
    private readonly LiveCalendar _calendar;
    private Seat[] _seats = [];
    private long _latest = long.MinValue;

    /// <summary>A counter that has seen no bar yet.</summary>
    /// <param name="universes">The universes to count, in the order of <see cref="PartialTally.Counts"/>.</param>
    public PartitionCounter(IReadOnlyList<Universe> universes)
    {
        ArgumentNullException.ThrowIfNull(universes);
        _universes = [.. universes];
        _calendar = new(_universes.Length);
        _open = Array.Exists(_universes, u => u.IsAll);
        foreach (var symbol in _open || _universes.Length == 0 ? [] : Universe.Union(_universes).Symbols)
        {
            Add(Encoding.UTF8.GetBytes(symbol));
        }
    }

    /// <summary>The second largest time among the bars that were taken, microseconds since 1970-01-01 UTC: two bars of a time bring the clock there, one stray bar moves nothing. <see cref="long.MinValue"/> before there are two bars.</summary>
    public long Clock { get; private set; } = long.MinValue;

    /// <summary>Bars before this time come too late: the second of the partition's times before <see cref="Clock"/>, or what <see cref="RaiseHorizon"/> said; <see cref="long.MinValue"/> before there is either.</summary>
    public long Horizon { get; private set; } = long.MinValue;

    /// <summary>How many symbols have bars.</summary>
    public int Symbols { get; private set; }

    /// <summary>How many bars were taken; one that took another's place is the same bar.</summary>
    public long Bars { get; private set; }

    /// <summary>Takes a bar.</summary>
    /// <param name="symbolUtf8">The symbol in UTF-8; trimmed and brought into upper case where it is not.</param>
    /// <param name="ts">Its time, microseconds since 1970-01-01 UTC.</param>
    /// <param name="adjClose">Its adjusted close, in units of currency, above 0 and at most <see cref="Ticks.MaxPrice"/>.</param>
    /// <param name="volume">Its volume in shares, not negative.</param>
    /// <exception cref="ArgumentException">Price or volume break these rules; nothing changed.</exception>
    /// <exception cref="OverflowException">The volumes of the time would not fit 64 bits; nothing changed.</exception>
    public BarOutcome Add(ReadOnlySpan<byte> symbolUtf8, long ts, double adjClose, long volume)
    {
        var tick = Ticks.FromPrice(adjClose);
        if (!(adjClose <= Ticks.MaxPrice) || tick <= 0 || volume < 0)
        {
            throw Unsound(symbolUtf8, ts, adjClose, volume);
        }

        var name = SymbolTable.IsPlain(symbolUtf8) ? symbolUtf8 : SymbolTable.Normalize(symbolUtf8);
        var symbol = _symbols.Find(name);
        if (symbol is null && !_open)
        {
            return BarOutcome.Foreign;
        }

        if (ts < Horizon)
        {
            return BarOutcome.Late;
        }

        symbol ??= Add(name.ToArray());
        symbol.Firm(Horizon);
        return ts > symbol.LastTs ? Append(symbol, ts, tick, volume) : Correct(symbol, ts, tick, volume);
    }

    /// <summary>Makes what is before a time final, for a partition that is idle while others go on: bars before it come too late. A horizon never sinks.</summary>
    public void RaiseHorizon(long ts) => Horizon = Math.Max(Horizon, ts);

    /// <summary>The counts of the times that changed since the last call, ascending.</summary>
    public IReadOnlyList<PartialTally> TakeChanged() => _calendar.TakeChanged();

    /// <summary>All counts that are kept, ascending; times without a member's bar are left out.</summary>
    public IReadOnlyList<PartialTally> Retained()
    {
        var kept = new List<PartialTally>(_calendar.Times.Count);
        foreach (var tally in _calendar.Times)
        {
            if (tally.Any)
            {
                kept.Add(tally.ToPartial());
            }
        }

        return kept;
    }

    /// <summary>Drops the counts of times before one, but for those that may still change, or changed and were not taken yet.</summary>
    public void Forget(long before) => _calendar.Forget(Math.Min(before, Horizon));

    private BarOutcome Append(LiveSymbol symbol, long ts, long tick, long volume)
    {
        var tally = TallyFor(ts, volume, out var added);
        var outcome = ts < Clock ? BarOutcome.Corrected : BarOutcome.Counted;
        Symbols += symbol.Bars == 0 ? 1 : 0;
        Count(symbol, symbol.Append(ts, tick, volume), tally, 1);
        tally.Volume += volume;
        MoveClock(ts, added);
        return outcome;
    }

    private BarOutcome Correct(LiveSymbol symbol, long ts, long tick, long volume)
    {
        if (ts <= symbol.FirmTs)
        {
            return BarOutcome.Late;
        }

        var place = symbol.PlaceOf(ts);
        var there = symbol[place];
        if (there == new LiveBar(ts, tick, volume))
        {
            return BarOutcome.Duplicate;
        }

        var replaces = there.Ts == ts;
        var more = replaces ? volume - there.Volume : volume;
        var tally = TallyFor(ts, more, out var added);
        Recount(symbol, place, replaces, new(ts, tick, volume));
        tally.Volume += more;
        if (!replaces)
        {
            MoveClock(ts, added);
        }

        return BarOutcome.Corrected;
    }

    /// <summary>Takes back what the pending bars from a place on added, and counts them again after the one that comes there.</summary>
    private void Recount(LiveSymbol symbol, int place, bool replaces, LiveBar bar)
    {
        Span<LiveBar> later = stackalloc LiveBar[symbol.Pending - place];
        for (var i = 0; i < later.Length; i++)
        {
            later[i] = symbol[place + i];
        }

        symbol.Truncate(place);
        Append(symbol, later, -1);
        symbol.Truncate(place);
        Append(symbol, [bar], 1);
        Append(symbol, replaces ? later[1..] : later, 1);
    }

    private void Append(LiveSymbol symbol, ReadOnlySpan<LiveBar> bars, long sign)
    {
        foreach (ref readonly var bar in bars)
        {
            Count(symbol, symbol.Append(bar.Ts, bar.Tick, bar.Volume), _calendar.At(bar.Ts, out _), sign);
        }
    }

    private void Count(LiveSymbol symbol, in Contribution bar, LiveTally tally, long sign)
    {
        foreach (ref readonly var seat in symbol.Seats.AsSpan())
        {
            if (seat.Holds(bar.Ts))
            {
                tally.Count(seat.Universe, bar, sign);
                _calendar.Change(tally);
            }
        }
    }

    private LiveTally TallyFor(long ts, long volume, out bool added)
    {
        var tally = _calendar.At(ts, out added);
        return volume <= long.MaxValue - tally.Volume ? tally : throw new OverflowException($"the volumes of {KernelGuard.Date(ts)} do not fit 64 bits");
    }

    /// <summary>A new bar was taken.</summary>
    private void MoveClock(long ts, bool added)
    {
        Bars++;
        var clock = Math.Max(Clock, Math.Min(ts, _latest));
        _latest = Math.Max(_latest, ts);
        if (added || clock != Clock)
        {
            Clock = clock;
            Horizon = Math.Max(Horizon, _calendar.SecondBefore(clock));
        }
    }

    private LiveSymbol Add(byte[] name)
    {
        var seats = Seat.Of(Encoding.UTF8.GetString(name), _universes);
        _seats = seats.AsSpan().SequenceEqual(_seats) ? _seats : seats; // mostly the same for all: one array that stays in the cache
        return _symbols.Add(new(name, _seats));
    }

    private static ArgumentException Unsound(ReadOnlySpan<byte> symbol, long ts, double price, long volume)
    {
        var name = Encoding.UTF8.GetString(symbol);
        return volume < 0 ? KernelGuard.Volume(name, [ts], [volume]) : KernelGuard.Price(name, [ts], [price]);
    }
}
