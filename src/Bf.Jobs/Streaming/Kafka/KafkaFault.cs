using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>What went wrong at Kafka, in words that say what to do.</summary>
internal static class KafkaFault
{
    /// <summary>Kafka can't be reached.</summary>
    public static ServiceDownException Down(KafkaSettings settings, string? why = null) =>
        new($"Kafka can't be reached at {settings.Servers}{(why is null ? "" : $" ({why})")}: start it, or set KAFKA_BOOTSTRAP_SERVERS{(settings.Protocol == "ssl" ? " (it is spoken to by TLS, as KAFKA_SECURITY_PROTOCOL says)" : "")}; without Kafka: bf stream run --replay");

    /// <summary>Whether an error says that no broker could be reached.</summary>
    public static bool IsDown(ErrorCode code) => code is ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Transport or ErrorCode.Local_Resolve
        or ErrorCode.Local_TimedOut or ErrorCode.Local_MsgTimedOut or ErrorCode.Local_Ssl or ErrorCode.Local_Authentication or ErrorCode.NetworkException or ErrorCode.RequestTimedOut;

    /// <summary>The exception that a command ends with.</summary>
    public static Exception Of(Error error, KafkaSettings settings) => IsDown(error.Code) ? Down(settings, error.Reason) : new JobException($"Kafka at {settings.Servers}: {error.Reason}");

    /// <summary>Does something; what Kafka says against it becomes one of our exceptions.</summary>
    public static T Guard<T>(KafkaSettings settings, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (KafkaException e)
        {
            throw Of(e.Error, settings);
        }
        catch (AggregateException e) when (e.InnerException is KafkaException inner)
        {
            throw Of(inner.Error, settings);
        }
    }
}
