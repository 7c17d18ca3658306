namespace Bf.Core.Signals;

/// <summary>What a score says.</summary>
public enum SignalState
{
    /// <summary>The score is not defined yet.</summary>
    None,
    /// <summary>Participation is unusually low: a score of 40 or less.</summary>
    Sell,
    /// <summary>Neither.</summary>
    Hold,
    /// <summary>Participation is unusually high: a score of 60 or more.</summary>
    Buy,
}
