using Bf.Core.Breadth;
using Bf.Jobs.Streaming.Sinks;

namespace Bf.Bench.Stream;

/// <summary>Keeps the counts of all times that are final.</summary>
internal sealed class TallySink : IResultSink
{
    private BreadthTally _tally = BreadthTally.Empty;

    public string Name => "tally";

    public bool TakesProvisional => false;

    /// <summary>How often something was put.</summary>
    public int Puts { get; private set; }

    public void Begin(long from, long epoch)
    {
    }

    public void Put(ResultBatch batch)
    {
        _tally = batch.Results.Panel.Tally;
        Puts++;
    }

    public void Flush()
    {
    }

    public void Dispose()
    {
    }

    /// <summary>Ends the benchmark where a count is not the kernel's.</summary>
    public void Check(BreadthTally expected)
    {
        if (!_tally.Ts.AsSpan().SequenceEqual(expected.Ts) || Enum.GetValues<TallyColumn>().FirstOrDefault(c => !_tally[c].AsSpan().SequenceEqual(expected[c]), (TallyColumn)(-1)) is var wrong && wrong >= 0)
        {
            throw new BenchException("what the stream counted is not the kernel's tally of the same bars");
        }
    }
}
