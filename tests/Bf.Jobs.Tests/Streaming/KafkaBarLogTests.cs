using Bf.Jobs.Streaming.Kafka;

namespace Bf.Jobs.Tests.Streaming;

/// <summary>A topic as a log of bars, on brokers inside the test process.</summary>
public sealed class KafkaBarLogTests
{
    [Fact]
    public void Messages_come_with_their_offsets_and_each_partition_says_when_it_ends()
    {
        using var kafka = new MockKafka().Topic("quotes", 3);
        using var folder = new TempFolder();
        LogReader.Send(kafka.Settings, "quotes", 0, "AAPL=1", "AAPL=2", "=3");
        LogReader.Send(kafka.Settings, "quotes", 2, "MSFT=" + new string('x', 100_000));
        var reader = new LogReader(new long[3]);

        using var log = new KafkaBarLog(kafka.Settings, "quotes", "g", TimeProvider.System, folder.Path);
        Assert.Equal((3, "quotes"), (log.Partitions, log.Topic));
        Assert.Null(log.Lag(0));
        reader.Until(log, () => reader.Ends.Count == 3);

        Assert.Equal(["0@0 AAPL=1", "0@1 AAPL=2", "0@2 =3"], reader.Messages.Where(m => m[0] == '0'));
        Assert.Equal(["2@0 MSFT=" + new string('x', 100_000)], reader.Messages.Where(m => m[0] != '0'));
        Assert.Equal([(0, 3L), (1, 0L), (2, 1L)], reader.Ends.Select(e => (e.Key, e.Value)).Order());
        Assert.Equal(0, log.Lag(0));

        LogReader.Send(kafka.Settings, "quotes", 1, "IBM=4");
        reader.Until(log, () => reader.Ends[1] == 1);
        Assert.Equal("1@0 IBM=4", reader.Messages[^1]);
        log.Inform(1, 1);
        log.Inform(7, 1);
    }

    [Fact]
    public void A_broker_that_goes_and_comes_back_loses_nothing()
    {
        using var kafka = new MockKafka().Topic("quotes", 1);
        using var folder = new TempFolder();
        LogReader.Send(kafka.Settings, "quotes", 0, "A=0");
        var reader = new LogReader(new long[1]);
        using var log = new KafkaBarLog(kafka.Settings, "quotes", "g", TimeProvider.System, folder.Path);
        reader.Until(log, () => reader.Ends.Count == 1);

        kafka.Down();
        for (var i = 0; i < 10; i++)
        {
            log.Poll(reader, TimeSpan.FromMilliseconds(50));
        }

        kafka.Up();
        LogReader.Send(kafka.Settings, "quotes", 0, "A=1");
        reader.Until(log, () => reader.Messages.Count == 2);

        Assert.Equal(["0@0 A=0", "0@1 A=1"], reader.Messages);
    }

    [Fact]
    public void A_topic_that_is_not_there_is_to_be_filled_first()
    {
        using var kafka = new MockKafka().Topic("others", 1);

        var error = Assert.Throws<JobException>(() => new KafkaBarLog(kafka.Settings, "quotes", "g", TimeProvider.System));

        Assert.Contains("bf data replay --topic quotes", error.Message);
    }

    [Fact]
    public void What_the_receiver_throws_reaches_who_polls()
    {
        using var kafka = new MockKafka().Topic("quotes", 1);
        using var folder = new TempFolder();
        using var log = new KafkaBarLog(kafka.Settings, "quotes", "g", TimeProvider.System, folder.Path);

        // it knows no partition at all
        Assert.Throws<IndexOutOfRangeException>(() => new LogReader([]).Until(log, () => false));
    }
}
