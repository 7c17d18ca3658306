using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>librdkafka's own words, for those who ask for them: <c>--log-level debug</c>.</summary>
internal static class KafkaLog
{
    /// <summary>For <c>SetLogHandler((_, m) => KafkaLog.Write(m))</c>; without a handler librdkafka writes to stderr.</summary>
    public static void Write(LogMessage message) => Log.Debug($"librdkafka: {message.Message}");

    /// <summary>For <c>SetErrorHandler((_, e) => KafkaLog.Write(e))</c>.</summary>
    public static void Write(Error error) => Log.Debug($"librdkafka: {error.Reason}");
}
