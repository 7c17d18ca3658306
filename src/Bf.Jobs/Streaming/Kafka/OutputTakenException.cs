namespace Bf.Jobs.Streaming.Kafka;

/// <summary>Another process sends in this one's place. What this one keeps elsewhere is not touched by that.</summary>
internal sealed class OutputTakenException(string message) : JobException(message);
