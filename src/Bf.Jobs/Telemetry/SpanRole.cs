namespace Bf.Jobs.Telemetry;

/// <summary>What a span is to another process.</summary>
internal enum SpanRole
{
    /// <summary>Work within this one.</summary>
    Internal,
    /// <summary>It asks another and waits for the answer.</summary>
    Client,
    /// <summary>It puts messages that another takes later.</summary>
    Producer,
    /// <summary>It takes messages.</summary>
    Consumer,
}
