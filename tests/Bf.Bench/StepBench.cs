using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Bf.Core.Breadth;
using Bf.Core.Live;
using Bf.Core.Market;

namespace Bf.Bench;

/// <summary>
/// Bars one by one, as a stream counts them: 5,000 symbols date by date, from columns in memory, on one thread, beside the kernel's scalar form, which
/// takes each symbol's history at once. The two take turns; what they count has to be equal.
/// </summary>
internal static class StepBench
{
    private const int Symbols = 5_000;
    private static readonly Universe[] Universes = [Universe.All];

    public static void Write(TextWriter writer, string rows, int repeat)
    {
        var market = MadeMarket.Of(Symbols, Math.Max(1, Count(rows) / Symbols));
        var feed = Feed(market);
        List<double> live = [], batch = [], latest = [];
        PartitionCounter? counter = null;
        for (var i = 0; i <= repeat; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var tally = market.Tally(KernelForm.Scalar);
            batch.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / market.Bars);
            (counter, var ns, var last) = Live(feed, tally);
            live.Add(ns);
            latest.Add(last);
        }

        writer.WriteLine($"step, {market.Bars:N0} bars of {Symbols:N0} symbols, one thread; ns a bar: best, median of {repeat}");
        Line("bar by bar, interleaved by date", live);
        Line("  the last quarter of the dates", latest);
        Line("kernel, scalar, symbol by symbol", batch);
        writer.WriteLine($"  bar by bar / kernel                {Median(live) / Median(batch),6:N1}");
        Checkpoint(writer, counter!);

        void Line(string what, List<double> ns) => writer.WriteLine($"  {what,-34} {ns.Skip(1).Min(),6:N0} {Median(ns),6:N0}");
    }

    private static (PartitionCounter Counter, double Ns, double LastNs) Live(FeedBar[] feed, BreadthTally expected)
    {
        var counter = new PartitionCounter(Universes);
        var told = new Dictionary<long, long[]>();
        var dates = feed.Length / Symbols;
        var (start, late) = (Stopwatch.GetTimestamp(), 0L);
        for (var d = 0; d < dates; d++)
        {
            late = d == dates * 3 / 4 ? Stopwatch.GetTimestamp() : late;
            foreach (ref readonly var bar in feed.AsSpan(d * Symbols, Symbols))
            {
                counter.Add(bar.Name, bar.Ts, bar.AdjClose, bar.Volume);
            }

            foreach (var tally in counter.TakeChanged())
            {
                told[tally.Ts] = tally.Counts[0];
            }

            counter.Forget(counter.Horizon);
        }

        var (all, last) = (Stopwatch.GetElapsedTime(start), Stopwatch.GetElapsedTime(late));
        foreach (var column in Enum.GetValues<TallyColumn>())
        {
            if (!expected[column].SequenceEqual(expected.Ts.Select(ts => told[ts][(int)column])))
            {
                throw new BenchException($"{column} bar by bar is not the kernel's");
            }
        }

        return (counter, all.TotalNanoseconds / feed.Length, last.TotalNanoseconds / ((dates - (dates * 3 / 4)) * (double)Symbols));
    }

    private static void Checkpoint(TextWriter writer, PartitionCounter counter)
    {
        List<double> copy = [], encode = [], restore = [];
        var length = 0;
        for (var i = 0; i < 8; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var snapshot = counter.Snapshot();
            copy.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
            var bytes = snapshot.Encode();
            encode.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
            PartitionCounter.Restore(Universes, bytes);
            restore.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            length = bytes.Length;
        }

        writer.WriteLine($"checkpoint, {length / 1e6:N1} MB: copy {Median(copy):N1}, encode {Median(encode):N1}, restore {Median(restore):N1} ms (medians)");
    }

    private static double Median(List<double> values) => values.Skip(1).Order().ElementAt((values.Count - 1) / 2);

    private static int Count(string rows)
    {
        var unit = char.ToUpperInvariant(rows[^1]) switch { 'K' => 1e3, 'M' => 1e6, _ => 1 };
        return double.TryParse(rows.TrimEnd('k', 'K', 'm', 'M'), NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && n > 0
            ? (int)(n * unit)
            : throw new BenchException($"--rows {rows} is no number of bars");
    }

    /// <summary>The bars date by date, the symbols of each date in an order of its own, with their names beside them, as messages have them.</summary>
    private static FeedBar[] Feed(Market market)
    {
        var random = new Random(1);
        var order = market.Symbols.ToArray();
        var feed = new FeedBar[market.Bars];
        for (var i = 0; i < feed.Length; i++)
        {
            var (d, s) = Math.DivRem(i, Symbols);
            if (s == 0)
            {
                random.Shuffle(order);
            }

            feed[i] = new(BinaryPrimitives.ReadUInt64LittleEndian(Encoding.UTF8.GetBytes(order[s].Symbol + "   ")), order[s].Ts[d], order[s].AdjClose[d], order[s].Volume[d]);
        }

        return feed;
    }

    /// <summary>A bar as it comes; names are five bytes long.</summary>
    private readonly struct FeedBar(ulong packed, long ts, double adjClose, long volume)
    {
        private readonly ulong _name = packed;
        public readonly long Ts = ts;
        public readonly double AdjClose = adjClose;
        public readonly long Volume = volume;

        [UnscopedRef]
        public ReadOnlySpan<byte> Name => MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in _name))[..5];
    }
}
