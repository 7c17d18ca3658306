namespace Bf.Jobs.Tests.Telemetry;

/// <summary>Tests that turn spans, metrics or known secrets of this process on and off: one after the other.</summary>
[CollectionDefinition(nameof(TelemetryState))]
public sealed class TelemetryState;
