using System.Diagnostics;
using System.Runtime.InteropServices;
using Bf.Core.Breadth;
using Bf.Core.Breadth.Further;
using Bf.Core.Market;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Engines;

/// <summary>What a scan of bars gave.</summary>
/// <param name="Tallies">One tally a universe.</param>
/// <param name="States">The state of each symbol after its last bar, by symbol.</param>
/// <param name="Rows">Bars read.</param>
internal sealed record ScanResult(IReadOnlyList<BreadthTally> Tallies, IReadOnlyDictionary<string, PackedState> States, long Rows);

/// <summary>
/// Runs the kernel over a table of bars on the threads of this process: each takes a range of symbols, reads it with a connection of
/// its own, and keeps a tally of its own; the tallies are added at the end.
/// </summary>
/// <param name="bars">The table.</param>
/// <param name="universes">The universes to count.</param>
/// <param name="watch">Counts the time of each stage.</param>
/// <param name="further">What is counted beyond the usual; it needs whole histories, so <see cref="ScanNew"/> leaves it out.</param>
internal sealed class LocalEngine(DeltaTable bars, IReadOnlyList<Universe> universes, Stopwatches watch, FurtherSet? further = null)
{
    // Up to so many new bars one thread and the scalar form are done before others would have begun.
    private const long FewRows = 200_000;

    private readonly Lock _gate = new();
    private TimeSpan _warmUp;

    /// <summary>Reads all bars of a snapshot that the universes need, up to a time when one is given.</summary>
    public ScanResult ScanAll(Snapshot snapshot, long? to = null, CancellationToken cancel = default)
    {
        var until = to is null ? "true" : $"ts <= {Sql(to.Value)}";
        return ScanInParts(InOrder(snapshot.Files), until, _ => null, further?.Indicators.Count > 0 ? further : null, cancel);
    }

    /// <summary>Reads the bars after a time, and goes on from the symbols' states.</summary>
    public ScanResult ScanNew(Snapshot snapshot, long after, Func<string, SymbolState?> before, CancellationToken cancel)
    {
        var files = InOrder(snapshot.Files.Where(f => (FileStatistics.Of(f).MaxTime("ts") ?? long.MaxValue) > after));
        var later = $"ts > {Sql(after)}";
        return files.Sum(f => FileStatistics.Of(f).Rows ?? FewRows) <= FewRows
            ? Scan([default], _ => (files, later + OnlyMembers()), () => new(bars, universes, before, null, KernelForm.Scalar, null, cancel))
            : ScanInParts(files, later, before, null, cancel);
    }

    /// <summary>Many bars: on all threads, with the form that has to be compiled first, which happens while the first are read.</summary>
    private ScanResult ScanInParts(List<AddFile> files, string where, Func<string, SymbolState?> before, FurtherSet? whole, CancellationToken cancel)
    {
        var warm = new Thread(Warm) { IsBackground = true };
        warm.Start();
        return Scan(Parts(files), part => (files.Where(part.MayBeIn).ToList(), $"{part.Condition} AND {where}{OnlyMembers()}"), () => new(bars, universes, before, warm, KernelForm.Auto, whole, cancel));
    }

    private static List<AddFile> InOrder(IEnumerable<AddFile> files) => [.. files.OrderBy(f => FileStatistics.Of(f).MinTime("ts") ?? 0)];

    private static string Sql(long ts) => $"make_timestamptz({ts.ToString(System.Globalization.CultureInfo.InvariantCulture)})";

    private IReadOnlyList<SymbolRange> Parts(List<AddFile> files)
    {
        if (!universes.Any(u => u.IsAll) && universes.Sum(u => u.Symbols.Count) < 64)
        {
            return [default];
        }

        using var connection = DuckDatabase.Connect();
        return SymbolParts.Cut(bars, connection, files, Environment.ProcessorCount);
    }

    private string OnlyMembers() =>
        universes.Any(u => u.IsAll)
            ? ""
            : $" AND symbol IN ({string.Join(", ", universes.SelectMany(u => u.Symbols).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(DuckConnection.Quote))})";

    private ScanResult Scan(IReadOnlyList<SymbolRange> parts, Func<SymbolRange, (List<AddFile> Files, string Where)> source, Func<Worker> make)
    {
        var next = -1;
        var threads = Math.Min(Environment.ProcessorCount, parts.Count);
        var tallies = Enumerable.Repeat(BreadthTally.Empty, universes.Count).ToArray();
        var states = new Dictionary<string, PackedState>(StringComparer.Ordinal);
        var rows = 0L;
        double read = 0, kernel = 0, pack = 0;
        if (threads > 1)
        {
            DuckDatabase.OnOwnThreads(() => Threads.Run([.. Enumerable.Repeat(RunOne, threads)]));
        }
        else
        {
            RunOne();
        }

        watch.Add("read_ms", TimeSpan.FromMilliseconds(read));
        watch.Add("kernel_ms", TimeSpan.FromMilliseconds(Math.Max(kernel, _warmUp.TotalMilliseconds)));
        watch.Add("write_ms", TimeSpan.FromMilliseconds(pack)); // making the states ready to be stored
        return new(tallies, states, rows);

        void RunOne()
        {
            var worker = make();
            for (var at = Interlocked.Increment(ref next); at < parts.Count; at = Interlocked.Increment(ref next))
            {
                var (files, where) = source(parts[at]);
                worker.Run(files, where);
            }

            lock (_gate)
            {
                for (var u = 0; u < tallies.Length; u++)
                {
                    tallies[u] = BreadthTally.Add(tallies[u], worker.Tally(u));
                }

                foreach (var (symbol, state) in worker.States)
                {
                    states[symbol] = state;
                }

                rows += worker.Rows;
                read = Math.Max(read, worker.ReadTime.TotalMilliseconds);
                kernel = Math.Max(kernel, worker.KernelTime.TotalMilliseconds);
                pack = Math.Max(pack, worker.PackTime.TotalMilliseconds);
            }
        }
    }

    /// <summary>Compiles the kernel while the first bars are read; its time counts as the kernel's.</summary>
    private void Warm()
    {
        var start = Stopwatch.GetTimestamp();
        BreadthKernel.Warm();
        _warmUp = Stopwatch.GetElapsedTime(start);
    }

    /// <summary>One thread's share of a scan.</summary>
    private sealed class Worker(
        DeltaTable bars, IReadOnlyList<Universe> universes, Func<string, SymbolState?> before, Thread? warm, KernelForm form, FurtherSet? further, CancellationToken cancel)
    {
        private readonly BreadthKernel _kernel = new(universes, form);
        private readonly FurtherKernel? _furtherKernel = further is null ? null : new(universes, further);
        private readonly string[] _furtherColumns = ColumnsOf(further?.Reads ?? BarColumns.None);
        private readonly Dictionary<string, SymbolBars> _open = new(StringComparer.Ordinal);
        private readonly Stack<SymbolBars> _free = [];
        private SymbolBars? _current;
        private string _symbol = "";
        private byte[] _symbolBytes = [];

        public Dictionary<string, PackedState> States { get; } = new(StringComparer.Ordinal);

        public long Rows { get; private set; }

        public TimeSpan ReadTime { get; private set; }

        public TimeSpan KernelTime { get; private set; }

        public TimeSpan PackTime { get; private set; }

        public BreadthTally Tally(int universe)
        {
            var tally = _kernel.Tally(universe);
            return _furtherKernel is null ? tally : tally.With(_furtherKernel.Counts(universe, tally.Ts));
        }

        public void Run(List<AddFile> files, string where)
        {
            if (files.Count == 0)
            {
                return;
            }

            var start = Stopwatch.GetTimestamp();
            using (var connection = DuckDatabase.Connect())
            using (var rows = connection.Stream($"SELECT {string.Join(", ", (string[])["symbol", "ts", "adj_close", "volume", .. _furtherColumns])} FROM {bars.Parquet(files)} WHERE {where}"))
            {
                while (rows.Next())
                {
                    cancel.ThrowIfCancellationRequested();
                    Take(rows);
                }
            }

            ReadTime += Stopwatch.GetElapsedTime(start);
            warm?.Join();
            start = Stopwatch.GetTimestamp();
            var packed = PackTime;
            Compute();
            KernelTime += Stopwatch.GetElapsedTime(start) - (PackTime - packed);
        }

        private void Take(DuckResult rows)
        {
            var ts = rows.Column<long>(1);
            var adjClose = rows.Column<double>(2);
            var volume = rows.Column<long>(3);
            var names = MemoryMarshal.Cast<UInt128, (ulong, ulong)>(rows.Column<UInt128>(0));
            Rows += rows.Rows;
            for (int from = 0, to; from < rows.Rows; from = to)
            {
                // within a chunk equal names have equal words, but for long ones that lie elsewhere: those only make a run shorter
                to = from + 1;
                while (to < names.Length && names[to] == names[from])
                {
                    to++;
                }

                var symbol = Open(rows.Bytes(0, from));
                symbol.Append(ts[from..to], adjClose[from..to], volume[from..to]);
                for (var c = 0; c < _furtherColumns.Length; c++)
                {
                    symbol.AppendFurther(c, rows.Column<double>(4 + c)[from..to]);
                }
            }
        }

        private SymbolBars Open(ReadOnlySpan<byte> symbol)
        {
            if (_current is not null && symbol.SequenceEqual(_symbolBytes))
            {
                return _current;
            }

            _symbolBytes = symbol.ToArray();
            _symbol = System.Text.Encoding.UTF8.GetString(symbol);
            if (!_open.TryGetValue(_symbol, out _current))
            {
                _open[_symbol] = _current = _free.TryPop(out var free) ? free : new SymbolBars(_furtherColumns.Length);
            }

            return _current;
        }

        private ReadOnlySpan<double> Prices(SymbolBars rows, string column) => rows.Further(Array.IndexOf(_furtherColumns, column));

        private static string[] ColumnsOf(BarColumns reads) =>
        [
            .. reads.HasFlag(BarColumns.Close) ? ["close"] : Array.Empty<string>(),
            .. reads.HasFlag(BarColumns.High) ? ["high", "low"] : Array.Empty<string>(),
        ];

        private void Compute()
        {
            foreach (var (symbol, rows) in _open)
            {
                rows.Sort();
                try
                {
                    _kernel.Add(symbol, before(symbol), rows.Ts, rows.AdjClose, rows.Volume);
                    _furtherKernel?.Add(symbol, rows.Ts, rows.AdjClose, Prices(rows, "close"), Prices(rows, "high"), Prices(rows, "low"));
                }
                catch (ArgumentException e)
                {
                    throw new JobException($"the bars of {symbol} in {bars.Place} break a rule: {e.Message}. Another program wrote them; import them again with bf data import");
                }

                var packing = Stopwatch.GetTimestamp();
                States[symbol] = _kernel.Pack();
                PackTime += Stopwatch.GetElapsedTime(packing);
                rows.Clear();
                _free.Push(rows);
            }

            _open.Clear();
            _current = null;
        }
    }
}
