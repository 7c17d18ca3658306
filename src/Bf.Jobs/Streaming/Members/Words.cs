using Bf.Core.Breadth;
using Bf.Core.Live;
using Bf.Jobs.Streaming.Combine;

namespace Bf.Jobs.Streaming.Members;

/// <summary>What the members of a stream say to each other, as bytes.</summary>
internal static class Words
{
    // Kafka takes messages of up to a megabyte, and a count takes ten bytes at the most
    private const int MostCounts = 50_000;
    private const byte ReportWord = 1, SayAllWord = 2, SettledWord = 3, ClosedWord = 4;

    /// <summary>A report of a partition, in as many words as it takes.</summary>
    public static IEnumerable<byte[]> Of(PartitionReport report) =>
        report.Parts(Math.Max(1, MostCounts / (report.Tallies.Count == 0 ? 1 : report.Tallies[0].Counts.Length * BreadthTally.ColumnCount))).Select(Part);

    private static byte[] Part(PartitionReport report) => Write(ReportWord, w =>
    {
        w.Write(report.Partition);
        w.Write(report.Epoch);
        w.Write(report.Next);
        w.Write(report.Clock);
        w.Write(report.KeptHorizon);
        w.Write(report.Quiet?.Ticks ?? -1);
        w.Write(report.Whole);
        w.Write(report.More);
        w.Write(report.Tallies.Count);
        foreach (var tally in report.Tallies)
        {
            w.Write(tally.Ts);
            w.Write(tally.Counts.Length);
            foreach (var count in tally.Counts.SelectMany(c => c))
            {
                w.Write7BitEncodedInt64(count);
            }
        }
    });

    /// <summary>The one who adds up is new, or has missed something: all are to say all that they have.</summary>
    public static byte[] SayAll() => Write(SayAllWord, _ => { });

    /// <summary>Up to where nothing can change any more, and before which nobody who is idle need keep anything.</summary>
    public static byte[] Settled(long firm, long horizon) => Write(SettledWord, w =>
    {
        w.Write(firm);
        w.Write(horizon);
    });

    /// <summary>Everything has come: all are to keep what they have, and to end.</summary>
    public static byte[] Closed() => Write(ClosedWord, _ => { });

    /// <summary>Understands a word; one of a later version says nothing.</summary>
    public static void Hear(byte[] word, IListener listener)
    {
        using var reader = new BinaryReader(new MemoryStream(word));
        switch (reader.ReadByte())
        {
            case ReportWord:
                listener.Reported(Report(reader));
                break;
            case SayAllWord:
                listener.SayAll();
                break;
            case SettledWord:
                listener.Settled(reader.ReadInt64(), reader.ReadInt64());
                break;
            case ClosedWord:
                listener.Closed();
                break;
        }
    }

    private static PartitionReport Report(BinaryReader r)
    {
        var report = new PartitionReport(r.ReadInt32(), r.ReadInt64())
        {
            Next = r.ReadInt64(), Clock = r.ReadInt64(), KeptHorizon = r.ReadInt64(),
            Quiet = r.ReadInt64() is >= 0 and var ticks ? TimeSpan.FromTicks(ticks) : null,
            Whole = r.ReadBoolean(), More = r.ReadBoolean(),
        };
        var tallies = new PartialTally[r.ReadInt32()];
        for (var i = 0; i < tallies.Length; i++)
        {
            var ts = r.ReadInt64();
            var counts = new long[r.ReadInt32()][];
            for (var u = 0; u < counts.Length; u++)
            {
                counts[u] = new long[BreadthTally.ColumnCount];
                for (var c = 0; c < counts[u].Length; c++)
                {
                    counts[u][c] = r.Read7BitEncodedInt64();
                }
            }

            tallies[i] = new(ts, counts);
        }

        return report with { Tallies = tallies };
    }

    private static byte[] Write(byte word, Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(word);
        write(writer);
        return stream.ToArray();
    }
}

/// <summary>Who understands <see cref="Words"/>.</summary>
internal interface IListener
{
    /// <summary>A partition was reported.</summary>
    void Reported(PartitionReport report);

    /// <summary>All are to say all that they have.</summary>
    void SayAll();

    /// <summary>Nothing before one time can change any more; nobody who is idle need keep anything before another.</summary>
    void Settled(long firm, long horizon);

    /// <summary>Everything has come.</summary>
    void Closed();
}
