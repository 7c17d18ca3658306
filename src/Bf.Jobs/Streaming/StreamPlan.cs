using Bf.Core.Market;
using Bf.Jobs.Generate;

namespace Bf.Jobs.Streaming;

/// <summary>What a stream computes, and when it does what.</summary>
/// <param name="Topic">The topic that the bars come from.</param>
/// <param name="Universes">The universes, each once.</param>
/// <param name="Interval">The bars' length.</param>
public sealed record StreamPlan(string Topic, IReadOnlyList<Universe> Universes, Interval Interval)
{
    /// <summary>How the score is made.</summary>
    public GenerateSettings Settings { get; init; } = GenerateSettings.Usual;

    /// <summary>What is before this time is counted, and not given out; null for nothing.</summary>
    public long? From { get; init; }

    /// <summary>The stream ends when nothing more has come for so long; null for never.</summary>
    public TimeSpan? UntilIdle { get; init; }

    /// <summary>A partition that was read to its end and was quiet for so long holds up nobody.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the stream keeps how far it has come.</summary>
    public TimeSpan Checkpoint { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often values of an open time are given out at most.</summary>
    public TimeSpan Provisional { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long to wait for a service that is gone before giving up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Its name: streams of one name in one lake share the work, and go on one from the other.</summary>
    internal string Name => $"{Topic}|{Interval}|{string.Join(',', Universes.Select(u => u.Name))}|{Fingerprint.Of(Universes, Settings):x}";
}
