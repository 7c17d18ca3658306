using Bf.Jobs.Streaming.Kafka;
using Confluent.Kafka;

namespace Bf.Jobs.Tests.Streaming;

/// <summary>Members of a group that come and go, on the real broker.</summary>
public sealed class KafkaGroupTests
{
    [Fact]
    public void Members_share_the_partitions_and_what_one_leaves_behind_the_others_go_on_with()
    {
        var kafka = Kafka(out var topic, partitions: 4);
        using var folder = new TempFolder();
        for (var p = 0; p < 4; p++)
        {
            LogReader.Send(kafka, topic, p, Enumerable.Range(0, 100).Select(i => $"P{p}={i}"));
        }

        var counted = new long[4];
        LogReader first = new(counted), second = new(counted), again = new(counted);
        var log = new KafkaBarLog(kafka, topic, topic, TimeProvider.System, folder.Path);
        var name = log.Member;
        first.Until(log, () => first.Ends.Count == 4);
        Assert.Equal(400, first.Messages.Count);

        // the second gets two of the four; those that stay are not handed over again, or the reader would say so
        using var other = new KafkaBarLog(kafka, topic, topic, TimeProvider.System, folder.Path);
        Together(log, first, other, second, () => first.Has.Count == 2 && second.Has.Count == 2);
        Assert.Equal(4, first.Has.Union(second.Has).Count());

        // one that ends and comes back at once is the same member, and has its partitions without a word to the other
        var (had, kept) = (first.Has.ToList(), second.Has.ToList());
        log.Dispose();
        log = new KafkaBarLog(kafka, topic, topic, TimeProvider.System, folder.Path);
        Assert.Equal(name, log.Member);
        again.Until(log, () => again.Has.Count == 2);
        Assert.Equal(had, again.Has);
        Assert.Equal(kept, second.Has);

        // one that does not come back is waited for some seconds; then the other has all, and begins where the first ended
        log.Dispose();
        for (var p = 0; p < 4; p++)
        {
            LogReader.Send(kafka, topic, p, Enumerable.Range(100, 50).Select(i => $"P{p}={i}"));
        }

        second.Until(other, () => second.Ends.Count(e => e.Value == 150) == 4);
        Assert.Equal([0, 1, 2, 3], second.Has);
        Assert.Equal([150, 150, 150, 150], counted);
    }

    [Fact]
    public void Reading_begins_where_the_receiver_says_whatever_was_committed()
    {
        var kafka = Kafka(out var topic, partitions: 2);
        using var folder = new TempFolder();
        LogReader.Send(kafka, topic, 0, "A=0", "A=1", "A=2");
        LogReader.Send(kafka, topic, 1, "B=0", "B=1");
        foreach (var _ in (int[])[1, 2])
        {
            var reader = new LogReader([2, 1]);
            using var log = new KafkaBarLog(kafka, topic, topic, TimeProvider.System, folder.Path);
            reader.Until(log, () => reader.Ends.Count == 2);
            log.Inform(0, 3);

            Assert.Equal(["0@2 A=2", "1@1 B=1"], reader.Messages.Order(StringComparer.Ordinal));
        }

        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig(kafka.Client()) { GroupId = topic }).Build();
        Assert.Equal(3, consumer.Committed([new(topic, 0)], TimeSpan.FromSeconds(10))[0].Offset.Value);
    }

    [Fact]
    public async Task Messages_that_were_deleted_before_they_were_read_are_missed()
    {
        var kafka = Kafka(out var topic, partitions: 1);
        using var folder = new TempFolder();
        LogReader.Send(kafka, topic, 0, Enumerable.Range(0, 10).Select(i => $"A={i}"));
        using (var admin = new AdminClientBuilder(new AdminClientConfig(kafka.Client())).Build())
        {
            await admin.DeleteRecordsAsync([new TopicPartitionOffset(topic, 0, 6)]);
        }

        Assert.Contains("2 to 5 were deleted", Fault(2));
        Assert.Contains("ends at 10", Fault(11));

        // 0 stands for the earliest that there is
        var reader = new LogReader(new long[1]);
        using var log = new KafkaBarLog(kafka, topic, topic, TimeProvider.System, folder.Path);
        reader.Until(log, () => reader.Ends.Count == 1);
        Assert.Equal(["0@6 A=6", "0@7 A=7", "0@8 A=8", "0@9 A=9"], reader.Messages);

        string Fault(long offset)
        {
            using var log = new KafkaBarLog(kafka, topic, topic, TimeProvider.System, folder.Path);
            return Assert.Throws<JobException>(() => new LogReader([offset]).Until(log, () => false)).Message;
        }
    }

    [Fact]
    public void A_broker_that_is_stopped_and_started_is_waited_for()
    {
        MockKafka.Library();
        using var stack = Stack.Own("kafka");
        var kafka = new KafkaSettings(stack.Settings["KAFKA_BOOTSTRAP_SERVERS"]);
        using var folder = new TempFolder();
        using (var topics = new KafkaTopics(kafka))
        {
            topics.Ensure("quotes", 2);
        }

        LogReader.Send(kafka, "quotes", 0, "A=0");
        var reader = new LogReader(new long[2]);
        using var log = new KafkaBarLog(kafka, "quotes", "g", TimeProvider.System, folder.Path);
        using var talk = new KafkaBroadcast(kafka, "talk", TimeProvider.System);
        using var output = new TransactionalOutput(kafka, "quotes", "g", TimeProvider.System);
        reader.Until(log, () => reader.Ends.Count == 2);

        stack.Down("kafka");
        talk.Say("while it was gone"u8);
        output.Put([new("A"u8.ToArray(), "1"u8.ToArray(), 0, "1d", Final: true)]);
        for (var i = 0; i < 20; i++)
        {
            log.Poll(reader, TimeSpan.FromMilliseconds(50));
        }

        stack.Up("kafka");
        output.Flush();
        byte[]? heard = null;
        reader.Until(log, () => reader.Messages.Count == 2 && (heard ??= talk.Hear()) is not null);

        Assert.Equal("0@0 A=0", reader.Messages[0]);
        Assert.EndsWith(" A=1", reader.Messages[1]);
        Assert.Equal("while it was gone"u8.ToArray(), heard);
    }

    /// <summary>The real broker, and a new topic there.</summary>
    internal static KafkaSettings Kafka(out string topic, int partitions)
    {
        MockKafka.Library();
        var kafka = new KafkaSettings(Stack.Shared("kafka").Settings["KAFKA_BOOTSTRAP_SERVERS"]);
        topic = $"quotes-{Guid.NewGuid():N}";
        using var topics = new KafkaTopics(kafka);
        topics.Ensure(topic, partitions);
        return kafka;
    }

    private static void Together(KafkaBarLog one, LogReader first, KafkaBarLog two, LogReader second, Func<bool> done)
    {
        for (var i = 0; i < 1200 && !done(); i++)
        {
            one.Poll(first, TimeSpan.FromMilliseconds(20));
            two.Poll(second, TimeSpan.FromMilliseconds(20));
        }

        Assert.True(done());
    }
}
