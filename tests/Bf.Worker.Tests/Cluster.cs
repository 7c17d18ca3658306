using System.Globalization;
using System.Text;
using Bf.Core.Breadth;
using Bf.Core.Breadth.Further;
using Bf.Core.Exchange;
using Bf.Core.Market;

namespace Bf.Worker.Tests;

/// <summary>What a cluster does, without one: deals symbols out to workers, sorts each one's lines, and adds the rows that agree.</summary>
internal static class Cluster
{
    /// <summary>A bar's line for a scan.</summary>
    public static string Line(Bar b, BarColumns reads = BarColumns.None) =>
        string.Create(CultureInfo.InvariantCulture, $"{b.Symbol}\t{b.Ts}\t{b.AdjClose:R}\t{b.Volume}")
        + (reads.HasFlag(BarColumns.Close) ? string.Create(CultureInfo.InvariantCulture, $"\t{b.Close:R}") : "")
        + (reads.HasFlag(BarColumns.High) ? string.Create(CultureInfo.InvariantCulture, $"\t{b.High:R}\t{b.Low:R}") : "")
        + "\n";

    /// <summary>What one worker answers to lines.</summary>
    public static string[][] Scan(ScanSpec spec, string lines)
    {
        using var output = new MemoryStream();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        using var text = new StringReader(spec.ToText());
        ScanFilter.Run(ScanSpec.Parse(text), new LineReader(input), new RowWriter(output));
        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t'))];
    }

    /// <summary>What all workers answer, each with the symbols that it is dealt.</summary>
    public static List<string[]> Scan(ScanSpec spec, IEnumerable<Bar> bars, Func<string, int> deal) =>
        [.. bars.GroupBy(b => deal(b.Symbol)).SelectMany(part => Scan(spec,
            string.Concat(part.OrderBy(b => b.Symbol, StringComparer.Ordinal).ThenBy(b => b.Ts).Select(b => Line(b, spec.Further.Reads)))))];

    /// <summary>The rows added where they agree in all but their numbers, handed to a collector.</summary>
    public static ScanCollector Collect(ScanSpec spec, IEnumerable<string[]> rows)
    {
        var collector = new ScanCollector(spec);
        foreach (var group in rows.GroupBy(r => string.Join('\t', r[..4])))
        {
            var first = group.First();
            var numbers = Enumerable.Range(4, first.Length - 4).Select(c => group.Sum(r => long.Parse(r[c], CultureInfo.InvariantCulture))).ToArray();
            collector.Add(first[0], int.Parse(first[1], CultureInfo.InvariantCulture), Field(first[2]), Field(first[3]), group.Count(), numbers);
        }

        return collector;

        static string? Field(string text) => text == @"\N" ? null : text; // as Spark reads it
    }

    /// <summary>What one kernel counts.</summary>
    public static (BreadthTally[] Tallies, Dictionary<string, PackedState> States) Local(ScanSpec spec, IEnumerable<Bar> bars)
    {
        var kernel = new BreadthKernel(spec.Universes, KernelForm.Scalar);
        var further = new FurtherKernel(spec.Universes, spec.Further);
        Dictionary<string, PackedState> states = [];
        foreach (var symbol in bars.GroupBy(b => b.Symbol))
        {
            long[] ts = [.. symbol.Select(b => b.Ts)];
            double[] adjClose = [.. symbol.Select(b => b.AdjClose)];
            kernel.Add(symbol.Key, null, ts, adjClose, [.. symbol.Select(b => b.Volume)]);
            states[symbol.Key] = kernel.Pack();
            further.Add(symbol.Key, ts, adjClose, [.. symbol.Select(b => b.Close)], [.. symbol.Select(b => b.High)], [.. symbol.Select(b => b.Low)]);
        }

        return ([.. spec.Universes.Select((_, u) => kernel.Tally(u)).Select((t, u) => t.With(further.Counts(u, t.Ts)))], states);
    }

    /// <summary>Fails unless two tallies are equal, number by number.</summary>
    public static void Same(BreadthTally expected, BreadthTally actual)
    {
        Assert.Equal(expected.Ts, actual.Ts);
        Assert.All(Enum.GetValues<TallyColumn>(), c => Assert.Equal(expected[c], actual[c]));
        Assert.Equal(expected.FurtherNames, actual.FurtherNames);
        Assert.All(expected.FurtherNames, n => Assert.Equal(expected.Further(n), actual.Further(n)));
    }
}
