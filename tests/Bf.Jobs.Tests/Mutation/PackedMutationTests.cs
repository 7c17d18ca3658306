using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Bf.Core.Market;
using Bf.Jobs.Import;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Lake.Store;
using Bf.Jobs.Tests.Lake;
using Bf.Sources.Tests.Mutation;
using Bf.Sources.Csv;

namespace Bf.Jobs.Tests.Mutation;

/// <summary>
/// Parquet and zstd are read by native code, which can take the whole process down: batches run in processes of their own, which note the seed at hand,
/// so that a crash, a hang or a swollen process is put down to its case.
/// </summary>
public sealed class PackedMutationTests
{
    private const long MostBytes = 1L << 30;
    private const int Batch = 5_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Codecs = ["uncompressed", "snappy", "zstd", "lz4", "gzip"];

    [Fact]
    public void Mutated_parquet_and_packed_files_are_read_or_refused()
    {
        var (first, count) = MutationCases.Seeds(0.05);
        using var folder = new TempFolder();
        for (var from = first; from < first + count; from += Batch)
        {
            var to = Math.Min(from + Batch, first + count);
            RunChild(folder, from, to);
        }
    }

    private static void RunChild(TempFolder folder, long from, long to)
    {
        var note = folder.At($"seed-{from}");
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Bf.Jobs.Tests.dll"), "-method", $"{typeof(PackedMutationTests).FullName}.{nameof(A_batch_in_a_process_of_its_own)}", "-explicit", "only"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["BF_MUTATION_BATCH"] = string.Create(CultureInfo.InvariantCulture, $"{from} {to} {note}");
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEndAsync();
        var error = child.StandardError.ReadToEndAsync();
        for (var seen = -1L; !child.WaitForExit(Patience); seen = Seed())
        {
            if (seen == Seed())
            {
                child.Kill();
                Assert.Fail($"seed {seen}: no end after {Patience.TotalSeconds:0} s. {MutationCases.Again(seen)}");
            }
        }

        Assert.True(child.ExitCode == 0 && Seed() == to, $"seed {Seed()}: exit {child.ExitCode}. {MutationCases.Again(Seed())}\n{error.Result}{output.Result}");

        long Seed() => File.Exists(note) && File.ReadAllBytes(note) is { Length: 8 } bytes ? BitConverter.ToInt64(bytes) : from;
    }

    [Fact(Explicit = true)]
    public void A_batch_in_a_process_of_its_own()
    {
        var batch = Environment.GetEnvironmentVariable("BF_MUTATION_BATCH")?.Split(' ', 3) ?? throw new InvalidOperationException($"{nameof(Mutated_parquet_and_packed_files_are_read_or_refused)} starts this");
        var (from, to) = (long.Parse(batch[0], CultureInfo.InvariantCulture), long.Parse(batch[1], CultureInfo.InvariantCulture));
        using var note = File.OpenHandle(batch[2], FileMode.Create, FileAccess.Write);
        using var cases = new Cases();
        var read = 0L;
        for (var seed = from; seed < to; seed++)
        {
            RandomAccess.Write(note, BitConverter.GetBytes(seed), 0);
            read += MutationCases.One(seed, cases.Run, e => e is JobException or DeltaException) ? 1 : 0;
            cases.CheckEngine(seed);
            using var self = Process.GetCurrentProcess();
            Assert.True(self.PeakWorkingSet64 < MostBytes, $"seed {seed}: the process took {self.PeakWorkingSet64 >> 20} MB");
        }

        MutationCases.CheckMixture(read, to - from);
        RandomAccess.Write(note, BitConverter.GetBytes(to), 0);
    }

    /// <summary>Files of bars in each codec of Parquet, the same as packed CSV, and a table with a checkpoint.</summary>
    private sealed class Cases : IDisposable
    {
        private readonly TestTable _table = new();
        private readonly byte[][] _bars;
        private readonly (string Name, byte[] Bytes)[] _packed;
        private readonly string _checkpoint;
        private readonly byte[] _checkpointBytes;

        public Cases()
        {
            _bars = [.. Codecs.Select(Bars)];
            _packed = [("bars.csv.gz", Csv("gzip")), ("bars.csv.zst", Csv("zstd")), ("bars.zip", Zip(Csv("none")))];
            _table.AppendUpTo(10);
            File.Delete(_table.LogFile(5)); // so that there is no way around the checkpoint
            _checkpoint = _table.LogFile("00000000000000000010.checkpoint.parquet");
            _checkpointBytes = File.ReadAllBytes(_checkpoint);
        }

        public void Run(Random random)
        {
            var mutator = new Mutator(random);
            if (random.Next(4) == 0)
            {
                File.WriteAllBytes(_checkpoint, Damaged(mutator, random, _checkpointBytes));
                _ = new DeltaLog(new LocalStore(_table.Path), "t", _table.Clock).Load();
                return;
            }

            var packed = random.Next(3) == 0;
            var name = packed ? _packed[random.Next(_packed.Length)].Name : "bars.parquet";
            var file = _table.At("mutated-" + name);
            File.WriteAllBytes(file, packed ? mutator.Mutate(_packed.First(p => p.Name == name).Bytes, _bars[0]) : Damaged(mutator, random, _bars[random.Next(_bars.Length)]));
            using var paths = new ImportPaths(null, new CsvSettings(Interval.Day), TimeProvider.System);
            foreach (var row in paths.Find([file], CancellationToken.None).SelectMany(f => f.Read()))
            {
                Assert.True(row.Broken is not null || row.Bar.Symbol.Length > 0);
            }
        }

        /// <summary>After an error that it takes for its own fault, the engine would refuse all that follows.</summary>
        public void CheckEngine(long seed)
        {
            using var connection = DuckDatabase.Connect();
            Assert.True(connection.Scalar($"SELECT {seed}::BIGINT") == seed, $"seed {seed}: the engine no longer answers");
        }

        /// <summary>Damages the pages, the description of all at the end (whose length is mostly told right), or the end itself.</summary>
        private byte[] Damaged(Mutator mutator, Random random, byte[] parquet)
        {
            var other = _bars[random.Next(_bars.Length)];
            var tail = parquet.Length - 8;
            var footer = tail - BitConverter.ToInt32(parquet, tail);
            switch (random.Next(8))
            {
                case 0:
                    return mutator.Mutate(parquet, other);
                case < 4:
                    return [.. mutator.Mutate(parquet[..footer], other), .. parquet[footer..]];
                default:
                    var damaged = mutator.Mutate(parquet[footer..tail], other);
                    return [.. parquet[..footer], .. damaged, .. BitConverter.GetBytes(random.Next(4) == 0 ? tail - footer : damaged.Length), .. parquet[(tail + 4)..]];
            }
        }

        private byte[] Bars(string codec) => Written($"FORMAT parquet, COMPRESSION {codec}, ROW_GROUP_SIZE 300");

        private byte[] Csv(string codec) => Written($"FORMAT csv, COMPRESSION {codec}");

        private byte[] Written(string options)
        {
            var file = _table.At("written");
            using var connection = DuckDatabase.Connect();
            connection.Execute($"""
                COPY (SELECT (make_timestamptz((19000 + i // 4) * 86400000000))::DATE AS ts, 'SYM' || i % 4 AS symbol, 10 + i / 7 AS open, 11 + i / 7 AS high, 9 + i / 7 AS low, 10.5 + i / 7 AS close,
                      CASE WHEN i % 9 > 0 THEN 10 + i / 7 END AS adj_close, i * 1000 AS volume FROM range(600) t(i))
                TO {DuckConnection.Quote(file)} ({options})
                """);
            return File.ReadAllBytes(file);
        }

        private static byte[] Zip(byte[] content)
        {
            using var buffer = new MemoryStream();
            using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create))
            {
                using var entry = archive.CreateEntry("bars.csv").Open();
                entry.Write(content);
            }

            return buffer.ToArray();
        }

        public void Dispose() => _table.Dispose();
    }
}
