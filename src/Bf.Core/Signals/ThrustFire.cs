namespace Bf.Core.Signals;

/// <summary>A date on which a detector fires.</summary>
/// <param name="Index">Index of the date in the panel.</param>
/// <param name="Value">What the detector watches, on that date; positive infinity for a ratio over no declines.</param>
/// <param name="Threshold">What it had to exceed.</param>
/// <param name="DaysSinceLow">Dates from the low that armed the detector to this date; null for a detector without one.</param>
public sealed record ThrustFire(int Index, double Value, double Threshold, int? DaysSinceLow);
