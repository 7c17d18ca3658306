using System.Diagnostics;
using System.Runtime.Intrinsics;
using Bf.Core.Breadth;

namespace Bf.Bench;

/// <summary>The kernel on one thread against the peers' panels on two, all from columns in memory.</summary>
internal static class KernelBench
{
    public static void Write(TextWriter writer, Market market, IReadOnlyList<PeerResult> peers, int repeat)
    {
        writer.WriteLine($"kernel, {market.Bars:N0} bars in memory: bf on one thread, peers on two; ms, and how many times bf is as fast");
        writer.WriteLine($"{"",-14} {"min",8} {"median",8}   {"ratio of minima",15} {"of medians",11}");
        var forms = new[] { KernelForm.Vector512, KernelForm.Vector256, KernelForm.Scalar }.Where(Supported).ToArray();
        var times = forms.ToDictionary(f => f, f => Time(market, f, f == KernelForm.Scalar ? 3 : repeat));
        foreach (var (form, ms) in times)
        {
            writer.WriteLine($"{"bf " + form,-14} {ms[0],8:N1} {ms[ms.Length / 2],8:N1}");
        }
        foreach (var peer in peers.Where(p => p.ComputeMs.Length > 1))
        {
            var sorted = peer.ComputeMs.Order().ToArray();
            writer.WriteLine($"{peer.Peer,-14} {sorted[0],8:N1} {sorted[sorted.Length / 2],8:N1}");
            foreach (var (form, ms) in times)
            {
                writer.WriteLine($"{"  by " + form,-14} {"",8} {"",8}   {sorted[0] / ms[0],15:N1} {sorted[sorted.Length / 2] / ms[ms.Length / 2],11:N1}");
            }
        }
        Check(market.Tally(forms[0]), peers[0]);
    }

    private static double[] Time(Market market, KernelForm form, int repeat)
    {
        for (var i = 0; i < 2; i++)
        {
            market.Tally(form);
        }
        return [.. Enumerable.Range(0, repeat).Select(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            market.Tally(form);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }).Order()];
    }

    /// <summary>A figure counts only when the result is the peers' too.</summary>
    private static void Check(BreadthTally tally, PeerResult peer)
    {
        foreach (var column in BreadthColumns.All.Where(c => c.Counted is not null && peer.Checksum.ContainsKey(c.Name)))
        {
            var sum = tally[column.Counted!.Value].Sum(v => (double)v);
            if (Math.Abs(sum - peer.Checksum[column.Name]) > 1e-9 * Math.Abs(sum))
            {
                throw new BenchException($"the sum of {column.Name} is {sum:R} by bf and {peer.Checksum[column.Name]:R} by {peer.Peer}");
            }
        }
    }

    private static bool Supported(KernelForm form) => form switch
    {
        KernelForm.Vector512 => Vector512.IsHardwareAccelerated,
        KernelForm.Vector256 => Vector256.IsHardwareAccelerated,
        _ => true,
    };
}
