using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Bf.Core.Backtest.Grid;

namespace Bf.Bench;

/// <summary>
/// The grid of crossing averages, 1,000 pairs on one symbol: cold (the only grid of a process), warm, and the same in C in the manner of
/// vectorbt, in turns. Fails when an order or a final value differs.
/// </summary>
internal sealed class GridBench(BenchPlace place, RunBench program)
{
    private const string Symbol = "AAPL";

    // what vectorbt's Rust engine was measured at elsewhere, on two cores like these; it was not run here
    private const double Vectorbt = 10.5e6;

    public void Write(TextWriter writer, string source, int repeat)
    {
        program.Build();
        var lake = program.Import(Path.Combine(place.Output, $"lake-grid-{Path.GetFileNameWithoutExtension(source)}"), [source]);
        var closes = Closes(lake);
        var peer = Compile();
        SmaPair[] pairs = [.. from fast in Enumerable.Range(5, 20) from slow in Enumerable.Range(30, 50) select new SmaPair(fast, slow)];
        List<double> cold = [], warm = [], peers = [];
        var differing = 0;
        for (var i = 0; i < repeat; i++)
        {
            var figures = Cold(lake, cold);
            var start = Stopwatch.GetTimestamp();
            SmaCrossGrid.Run(closes, pairs, new());
            warm.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            differing += peer is null ? 0 : Peer(peer, closes, peers).Zip(figures).Count(p => p.First != p.Second);
        }

        var cells = (double)closes.Length * pairs.Length;
        writer.WriteLine($"grid: {Symbol}, {closes.Length:N0} bars x {pairs.Length:N0} pairs; million bar-params a second: best, median of {repeat}");
        Line("bf backtest grid, cold", cold);
        Line("bf, warm", warm);
        if (peer is not null)
        {
            Line("C as vectorbt does it, one thread", peers);
            writer.WriteLine($"  cold / C                           {Median(peers) / Median(cold):N1}");
        }

        writer.WriteLine($"  cold / vectorbt's Rust engine      {cells / Median(cold) * 1000 / Vectorbt:N0}   (10.5 million, measured elsewhere; not run here)");
        if (differing > 0)
        {
            throw new BenchException($"{differing} pairs have other orders or another final value than the peer's");
        }

        void Line(string what, List<double> ms) => writer.WriteLine($"  {what,-34} {cells / ms.Min() / 1000,6:N0} {cells / Median(ms) / 1000,6:N0}   ({ms.Min():N1} - {ms.Max():N1} ms)");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private (int Orders, double Value)[] Cold(string lake, List<double> ms)
    {
        var output = program.Run("backtest", "grid", "--symbols", Symbol, "--fast", "5..24", "--slow", "30..79", "--fees", "0.001", "--no-statistics", "--json", "--lake", lake).Output;
        using var document = JsonDocument.Parse(output);
        ms.Add(document.RootElement.GetProperty("timings").GetProperty("grid_ms").GetDouble());
        return [.. document.RootElement.GetProperty("results").EnumerateArray().Select(r => (r.GetProperty("orders").GetInt32(), r.GetProperty("final_value").GetDouble()))];
    }

    private (int Orders, double Value)[] Peer(string peer, double[] closes, List<double> ms)
    {
        var file = Path.Combine(place.Output, "closes.bin");
        File.WriteAllBytes(file, MemoryMarshal.AsBytes<double>(closes).ToArray());
        using var process = Process.Start(new ProcessStartInfo(peer, [file, "5", "24", "30", "79", "100000", "0.001", "3"]) { RedirectStandardOutput = true })!;
        var halves = process.StandardOutput.ReadToEnd().Split("\n\n");
        process.WaitForExit();
        ms.Add(halves[0].Split('\n').Min(Number)); // the best of three, warm: what is in doubt favours the peer
        return [.. halves[1].TrimEnd().Split('\n').Select(l => l.Split(' ')).Select(p => ((int)Number(p[0]), Number(p[1])))];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private string? Compile()
    {
        var program = Path.Combine(place.Output, "sma-cross");
        try
        {
            using var process = Process.Start("cc", ["-O3", "-march=native", "-o", program, Path.Combine(place.Scripts, "sma-cross.c"), "-lm"]);
            process.WaitForExit();
            return process.ExitCode == 0 ? program : throw new BenchException("sma-cross.c does not compile");
        }
        catch (Win32Exception)
        {
            Console.Error.WriteLine("no C compiler (cc) on the PATH: the grid's peer is left out");
            return null;
        }
    }

    private double[] Closes(string lake)
    {
        var rows = program.Run("query", $"SELECT adj_close FROM bars_1d WHERE symbol = '{Symbol}' ORDER BY ts", "--format", "csv", "--lake", lake).Output.TrimEnd().Split('\n');
        return rows.Length > 1 ? [.. rows.Skip(1).Select(Number)] : throw new BenchException($"the source has no bars of {Symbol}");
    }
}
