namespace Bf.Bench;

/// <summary>Peers side by side, in milliseconds.</summary>
internal static class PeerTable
{
    public static void Write(TextWriter writer, IReadOnlyList<PeerResult> results)
    {
        writer.WriteLine($"{results[0].Rows:N0} bars, {results[0].Dates:N0} dates; ms");
        writer.WriteLine($"{"peer",-8} {"mode",-8} {"load",8} {"panel min",10} {"median",8} {"runs",5} {"whole run",10} {"peak MB",8}");
        foreach (var r in results)
        {
            var sorted = r.ComputeMs.Order().ToArray();
            var load = r.Mode == "lazy" ? "-" : $"{r.LoadMs:N0}";
            var whole = sorted.Length == 1 ? $"{r.TotalMs:N0}" : "-"; // a repeated panel is no run
            writer.WriteLine(
                $"{r.Peer,-8} {r.Mode,-8} {load,8} {sorted[0],10:N0} {sorted[sorted.Length / 2],8:N0} {sorted.Length,5} {whole,10} {r.PeakMb,8:N0}");
        }
    }

    /// <summary>Whether every column sums to the same over all peers.</summary>
    public static bool Agree(IReadOnlyList<PeerResult> results) =>
        results.All(r => r.Dates == results[0].Dates && r.Checksum.SequenceEqual(results[0].Checksum));
}
