using System.Runtime.Intrinsics;
using Bf.Core.Market;

namespace Bf.Core.Breadth;

/// <summary>
/// Turns the bars of symbols, one symbol at a time, into a <see cref="BreadthTally"/> for each of some universes.
/// What is true of a bar is computed once, then added to every universe that its symbol belongs to on that date.
/// Not for concurrent use: one kernel a thread, and their tallies added.
/// </summary>
public sealed class BreadthKernel
{
    /// <summary>Bars that are worked on at once: what they need stays in the second-level cache.</summary>
    private const int SliceBars = 4096;

    private readonly KernelCalendar _calendar = new();
    private readonly KernelScratch _scratch = new();
    private readonly UniverseCounter[] _universes;
    private readonly KernelEngine _engine;
    private readonly ScalarEngine _careful;
    private readonly DateRuns _runs = new();
    private long _volumeBound;
    private long _lastTs;
    private long _bars;
    private int _ticks;

    /// <summary>A kernel that has seen no bar yet.</summary>
    /// <param name="universes">The universes to count; <see cref="Tally"/> takes an index into this list.</param>
    /// <param name="form">How to compute; the results are the same.</param>
    public BreadthKernel(IReadOnlyList<Universe> universes, KernelForm form = KernelForm.Auto)
    {
        ArgumentNullException.ThrowIfNull(universes);
        _universes = [.. universes.Select(u => new UniverseCounter(u, _calendar))];
        _careful = new(_scratch);
        Form = form == KernelForm.Auto ? Widest : form;
        _engine = Form switch
        {
            KernelForm.Vector512 => new VectorEngine<Lanes512, Vector512<long>>(_scratch),
            KernelForm.Vector256 => new VectorEngine<Lanes256, Vector256<long>>(_scratch),
            _ => _careful,
        };
    }

    /// <summary>The form in use, never <see cref="KernelForm.Auto"/>.</summary>
    public KernelForm Form { get; }

    private static KernelForm Widest =>
        Vector512.IsHardwareAccelerated ? KernelForm.Vector512 : Vector256.IsHardwareAccelerated ? KernelForm.Vector256 : KernelForm.Scalar;

    /// <summary>
    /// Adds one symbol's bars. A symbol is added once, or again with what <see cref="State"/> gave, and later bars.
    /// After an exception the kernel's tallies are undefined.
    /// </summary>
    /// <param name="symbol">The symbol, as the universes know it.</param>
    /// <param name="before">The symbol's state before these bars; null when they start with its first.</param>
    /// <param name="ts">The bars' times, microseconds since 1970-01-01 UTC, strictly ascending and after <paramref name="before"/>'s.</param>
    /// <param name="adjClose">Adjusted closes, in units of currency, above 0 and at most <see cref="Ticks.MaxPrice"/>.</param>
    /// <param name="volume">Volumes in shares, not negative.</param>
    /// <exception cref="ArgumentException">An input breaks these rules, or the spans differ in length; the message names symbol and time.</exception>
    /// <exception cref="OverflowException">The volumes of a date do not fit 64 bits.</exception>
    public void Add(string symbol, SymbolState? before, ReadOnlySpan<long> ts, ReadOnlySpan<double> adjClose, ReadOnlySpan<long> volume)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        KernelGuard.Lengths(symbol, ts, adjClose, volume);
        Begin(symbol, before);
        for (var from = 0; from < ts.Length; from += SliceBars)
        {
            var length = Math.Min(SliceBars, ts.Length - from);
            AddSlice(symbol, ts.Slice(from, length), adjClose.Slice(from, length), volume.Slice(from, length));
        }
    }

    /// <summary>The state of the symbol just added, after its last bar.</summary>
    /// <exception cref="InvalidOperationException">No bar was added yet.</exception>
    public SymbolState State() => new(_lastTs, _bars, Remembered().ToArray());

    /// <summary>The same, as it is stored.</summary>
    /// <exception cref="InvalidOperationException">No bar was added yet.</exception>
    public PackedState Pack() => new(_lastTs, _bars, SymbolState.Encode(Remembered()));

    /// <summary>The tally of all that was added so far; dates on which no member has a bar are left out.</summary>
    /// <param name="universe">Index of the universe in the list that the kernel was made with.</param>
    public BreadthTally Tally(int universe) => _universes[universe].ToTally();

    /// <summary>Compiles what a kernel runs, on a few bars, so that the first real symbol need not wait for it.</summary>
    public static void Warm() => KernelWarmUp.Run();

    private ReadOnlySpan<long> Remembered()
    {
        var kept = Math.Min(_ticks, SymbolState.Window);
        return _bars > 0 ? _scratch.Ticks.Span(_ticks - kept, kept) : throw new InvalidOperationException("no bar was added yet");
    }

    private void Begin(string symbol, SymbolState? before)
    {
        (_lastTs, _bars, _ticks) = (long.MinValue, 0, 0);
        if (before is null)
        {
            return;
        }

        KernelGuard.State(symbol, before);
        (_lastTs, _bars, _ticks) = (before.LastTs, before.Bars, before.Ticks.Length);
        _scratch.Reserve(_ticks);
        before.Ticks.CopyTo(_scratch.Ticks.Span(0, _ticks));
    }

    private void AddSlice(string symbol, ReadOnlySpan<long> ts, ReadOnlySpan<double> adjClose, ReadOnlySpan<long> volume)
    {
        MapDates(symbol, ts);
        var offset = KeepContext(ts.Length);
        if (!_engine.TryConvert(adjClose, offset))
        {
            throw KernelGuard.Price(symbol, ts, adjClose);
        }

        var careful = RaiseVolumeBound(symbol, ts, volume);
        var measured = false;
        foreach (var universe in _universes)
        {
            var stays = universe.Universe.StaysOf(symbol);
            if (stays.IsEmpty)
            {
                continue;
            }

            if (!measured)
            {
                _engine.Measure(offset, offset + ts.Length);
                measured = true;
            }

            universe.Add(stays, _runs, _bars, offset, volume, careful ? _careful : _engine);
        }

        (_lastTs, _bars, _ticks) = (ts[^1], _bars + ts.Length, offset + ts.Length);
    }

    private void MapDates(string symbol, ReadOnlySpan<long> ts)
    {
        if (ts[0] > _lastTs && _calendar.TryMap(ts, _runs))
        {
            return;
        }

        KernelGuard.Ascending(symbol, _lastTs, ts);
        var moved = _calendar.Extend(ts);
        foreach (var universe in _universes)
        {
            universe.Spread(moved, _calendar.Count);
        }

        _calendar.TryMap(ts, _runs);
    }

    /// <summary>Moves the ticks that later windows need to the front, and makes room for more.</summary>
    /// <returns>How many were kept: the index of the next bar.</returns>
    private int KeepContext(int length)
    {
        if (_ticks == 0)
        {
            _scratch.Reserve(length);
            return 0;
        }

        var kept = Math.Min(_ticks, SymbolState.Window);
        if (kept == _ticks && _scratch.Holds(kept + length))
        {
            return kept;
        }

        Span<long> context = stackalloc long[SymbolState.Window];
        _scratch.Ticks.Span(_ticks - kept, kept).CopyTo(context);
        _scratch.Reserve(kept + length);
        context[..kept].CopyTo(_scratch.Ticks.Span(0, kept));
        return kept;
    }

    /// <summary>
    /// Keeps a bound on every sum of volumes: the sum of the symbols' largest. While it fits 63 bits no date can have
    /// overflowed, and nothing needs to be checked date by date.
    /// </summary>
    /// <returns>Whether the sums have to be checked from now on.</returns>
    private bool RaiseVolumeBound(string symbol, ReadOnlySpan<long> ts, ReadOnlySpan<long> volume)
    {
        var bits = _engine.VolumeBits(volume);
        if (bits < 0)
        {
            throw KernelGuard.Volume(symbol, ts, volume);
        }

        _volumeBound = bits > long.MaxValue - _volumeBound ? long.MaxValue : _volumeBound + bits;
        return _volumeBound == long.MaxValue;
    }
}
