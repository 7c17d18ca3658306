using System.Diagnostics;
using System.Text.Json;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Bench;

/// <summary>A run of the built program: the process's whole time, and what it says of itself.</summary>
internal sealed record BfRun(double WholeMs, double KernelMs, long BarsRead, long BytesRead, double PeakMb);

/// <summary>Whole processes: start, read, compute, commit. bf and the peers take turns, so that the machine's moods meet all of them.</summary>
internal sealed class RunBench(BenchPlace place, PeerRunner peers)
{
    private readonly string _program = Path.Combine(place.Root, "artifacts", "bf", OperatingSystem.IsWindows() ? "bf.exe" : "bf");

    public void Write(TextWriter writer, string market, int repeat)
    {
        Build();
        var name = Path.GetFileNameWithoutExtension(market);
        var full = Import(Path.Combine(place.Output, $"lake-{name}"), [market]);
        var (older, newest) = Split(market);
        var before = Import(Path.Combine(place.Output, $"lake-{name}-before"), [older], generate: true, then: newest);
        List<BfRun> fulls = [], days = [];
        List<double> polars = [], lazy = [];
        for (var i = 0; i < repeat; i++)
        {
            fulls.Add(Generate(full, "--force-recalculate"));
            polars.Add(Whole("polars.mjs", market));
            days.Add(Generate(CopyOf(before)));
            lazy.Add(Whole("polars.mjs", market, "--lazy"));
        }

        var fastest = polars.Order().ElementAt(repeat / 2) < lazy.Order().ElementAt(repeat / 2) ? polars : lazy;
        var bare = Enumerable.Range(0, repeat).Select(_ => Run("--version").Ms).ToList();
        writer.WriteLine($"whole processes, {name}: median of {repeat} (min - max)");
        Line("bf signals generate, everything", fulls.Select(r => r.WholeMs));
        Line("polars, file to panel", fastest);
        Line("bf signals generate, one new day", days.Select(r => r.WholeMs));
        Line("bf --version", bare);
        writer.WriteLine($"  bf / polars                      {Median(fulls.Select(r => r.WholeMs)) / Median(fastest):N2}");
        writer.WriteLine($"  one new day / everything: time   {Median(days.Select(r => r.WholeMs)) / Median(fulls.Select(r => r.WholeMs)):P0}");
        writer.WriteLine($"                            kernel {Median(days.Select(r => r.KernelMs)) / Median(fulls.Select(r => r.KernelMs)):P1} ({Median(days.Select(r => r.KernelMs)):N1} of {Median(fulls.Select(r => r.KernelMs)):N1} ms)");
        writer.WriteLine($"                            bars   {(double)days[0].BarsRead / fulls[0].BarsRead:P2}");
        writer.WriteLine($"                            bytes  {(double)days[0].BytesRead / fulls[0].BytesRead:P1} ({days[0].BytesRead / 1e6:N1} of {fulls[0].BytesRead / 1e6:N1} MB)");
        writer.WriteLine($"  memory at most: everything {fulls.Max(r => r.PeakMb):N0} MB, one new day {days.Max(r => r.PeakMb):N0} MB");

        void Line(string what, IEnumerable<double> ms) => writer.WriteLine($"  {what,-32} {Median(ms),8:N0} ms ({ms.Min():N0} - {ms.Max():N0})");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    private double Whole(string script, string market, params string[] mode)
    {
        var start = Stopwatch.GetTimestamp();
        peers.Peer(script, [market, .. mode]);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    public void Build()
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(place.Root, OperatingSystem.IsWindows() ? "bf.cmd" : "bf"), ["--version"]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new BenchException("bf does not build");
        }
    }

    /// <summary>A lake with the given bars; kept from one call to the next.</summary>
    public string Import(string lake, string[] files, bool generate = false, string? then = null)
    {
        var done = Path.Combine(lake, ".imported");
        if (!File.Exists(done))
        {
            Remove(lake);
            Run(["data", "import", .. files, "--lake", lake, "--quiet"]);
            if (generate)
            {
                Run("signals", "generate", "--lake", lake, "--quiet");
            }
            if (then is not null)
            {
                Run("data", "import", then, "--lake", lake, "--quiet");
            }
            File.WriteAllText(done, "");
        }
        return lake;
    }

    /// <summary>The market without its last day, and its last day.</summary>
    private static (string Older, string Newest) Split(string market)
    {
        var (older, newest) = (Path.ChangeExtension(market, ".older.parquet"), Path.ChangeExtension(market, ".newest.parquet"));
        if (!File.Exists(newest))
        {
            using var connection = DuckDatabase.Connect();
            var source = $"read_parquet({DuckConnection.Quote(market)})";
            connection.Execute($"COPY (SELECT * FROM {source} WHERE ts < (SELECT max(ts) FROM {source})) TO {DuckConnection.Quote(older)} (FORMAT parquet)");
            connection.Execute($"COPY (SELECT * FROM {source} WHERE ts = (SELECT max(ts) FROM {source})) TO {DuckConnection.Quote(newest)} (FORMAT parquet)");
        }
        return (older, newest);
    }

    public BfRun Generate(string lake, params string[] options)
    {
        var (ms, output) = Run(["signals", "generate", "--lake", lake, "--json", .. options]);
        using var document = JsonDocument.Parse(output);
        var root = document.RootElement;
        var resources = root.GetProperty("resources");
        return new(ms, root.GetProperty("timings").GetProperty("kernel_ms").GetDouble(), root.GetProperty("bars_read").GetInt64(),
            resources.GetProperty("bytes_read").GetInt64(), resources.GetProperty("peak_mb").GetDouble());
    }

    public (double Ms, string Output) Run(params string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(_program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? (Stopwatch.GetElapsedTime(start).TotalMilliseconds, output)
            : throw new BenchException($"bf {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    /// <summary>A copy, since a run for a new day can be made only once.</summary>
    private static string CopyOf(string lake)
    {
        var copy = lake + "-copy";
        Remove(copy);
        foreach (var file in Directory.EnumerateFiles(lake, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(lake, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return copy;
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
