using System.Text;
using Bf.Jobs.Streaming.Kafka;

namespace Bf.Jobs.Tests.Streaming;

public sealed class KafkaBroadcastTests
{
    [Fact]
    public void All_hear_all_in_one_order_from_when_they_came()
    {
        using var kafka = new MockKafka().Topic("talk", 1);
        using var first = new KafkaBroadcast(kafka.Settings, "talk", TimeProvider.System);
        first.Say("early"u8);
        Assert.Equal(["early"], Hear(first, 1));

        using var second = new KafkaBroadcast(kafka.Settings, "talk", TimeProvider.System);
        for (var i = 0; i < 50; i++)
        {
            first.Say(Encoding.UTF8.GetBytes($"first {i}"));
            second.Say(Encoding.UTF8.GetBytes($"second {i}"));
        }

        var heard = Hear(first, 100);
        Assert.Equal(heard, Hear(second, 100));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"first {i}"), heard.Where(h => h[0] == 'f'));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"second {i}"), heard.Where(h => h[0] == 's'));
        Assert.Null(first.Hear());
    }

    [Fact]
    public void Several_partitions_have_no_common_order()
    {
        using var kafka = new MockKafka().Topic("talk", 2);

        Assert.Contains("2 partitions", Assert.Throws<JobException>(() => new KafkaBroadcast(kafka.Settings, "talk", TimeProvider.System)).Message);
    }

    private static List<string> Hear(KafkaBroadcast broadcast, int count)
    {
        var heard = new List<string>();
        for (var i = 0; heard.Count < count && i < 5000; i++)
        {
            if (broadcast.Hear() is { } message)
            {
                heard.Add(Encoding.UTF8.GetString(message));
            }
            else
            {
                Task.Delay(2).Wait();
            }
        }

        return heard;
    }
}
