namespace Bf.Jobs.Streaming.Replay;

/// <summary>How far a replay is.</summary>
/// <param name="Ts">The market's time, microseconds since 1970-01-01 UTC.</param>
/// <param name="Bars">Bars sent, or found to be in the topic already.</param>
/// <param name="Of">All bars.</param>
/// <param name="Rate">Bars a second, of late.</param>
/// <param name="Behind">How far behind the plan.</param>
/// <param name="Pending">Bars that have not arrived yet.</param>
/// <param name="Paused">Whether it is paused.</param>
public readonly record struct ReplayProgress(long Ts, long Bars, long Of, double Rate, TimeSpan Behind, int Pending, bool Paused);
