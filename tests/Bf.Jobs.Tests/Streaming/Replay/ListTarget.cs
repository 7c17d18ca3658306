using System.Text;
using Bf.Core.Exchange;
using Bf.Core.Market;
using Bf.Jobs.Streaming.Replay;

namespace Bf.Jobs.Tests.Streaming.Replay;

/// <summary>A target that keeps what it is given, and when.</summary>
internal sealed class ListTarget(LeapClock clock, int partitions = 4) : IReplayTarget
{
    public List<(TimeSpan At, int Partition, string Symbol, Bar Bar, string Source)> Bars { get; } = [];

    /// <summary>Called before each bar is taken; false: it is full.</summary>
    public Func<bool> Takes { get; set; } = () => true;

    public int Partitions => partitions;

    public int Pending => 0;

    public bool TryPut(int partition, ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> value, ReadOnlySpan<byte> source)
    {
        if (!Takes())
        {
            return false;
        }

        Assert.Null(BarJson.Read(value, out var bar));
        var name = Encoding.UTF8.GetString(symbol);
        Bars.Add((clock.Now, partition, name, bar.ToBar(Encoding.UTF8.GetString(bar.Symbol)), Encoding.UTF8.GetString(source)));
        return true;
    }

    public void Tick()
    {
    }

    public void Hurry()
    {
    }

    public void Abandon()
    {
    }

    public void Dispose()
    {
    }
}
