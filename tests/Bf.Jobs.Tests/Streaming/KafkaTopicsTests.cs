using Bf.Jobs.Config;
using Bf.Jobs.Streaming.Kafka;

namespace Bf.Jobs.Tests.Streaming;

public sealed class KafkaTopicsTests
{
    [Fact]
    public void A_topic_has_the_partitions_that_it_was_made_with()
    {
        using var kafka = new MockKafka().Topic("quotes", 7);
        using var topics = new KafkaTopics(kafka.Settings);

        Assert.Equal(7, topics.Partitions("quotes"));
        Assert.Equal((7, false), topics.Ensure("quotes", 3));
        Assert.Null(topics.Partitions("others"));
    }

    [Fact]
    public void Without_a_broker_the_error_says_what_to_do()
    {
        MockKafka.Library();
        using var topics = new KafkaTopics(new("localhost:1"), TimeSpan.FromSeconds(1));

        var error = Assert.Throws<ServiceDownException>(() => topics.Partitions("quotes"));

        Assert.Contains("localhost:1", error.Message);
        Assert.Contains("KAFKA_BOOTSTRAP_SERVERS", error.Message);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("carrier-pigeon", "plaintext and ssl")]
    public void A_setting_that_cannot_be_is_refused(string value, string says)
    {
        var name = value.Length == 0 ? "KAFKA_BOOTSTRAP_SERVERS" : "KAFKA_SECURITY_PROTOCOL";
        var settings = new Settings(new Dictionary<string, string> { [name] = value }, _ => null, Path.GetTempPath());

        Assert.Contains(says, Assert.Throws<JobException>(() => { KafkaSettings.Of(settings); }).Message);
    }

    [Fact]
    public void A_library_that_is_not_there_is_named()
    {
        var error = Assert.Throws<JobException>(() => { KafkaLibrary.Find("/nowhere/librdkafka.so"); });

        Assert.Contains("/nowhere/librdkafka.so", error.Message);
    }
}
