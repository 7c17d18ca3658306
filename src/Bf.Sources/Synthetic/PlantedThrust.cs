namespace Bf.Sources.Synthetic;

/// <summary>A breadth thrust that a synthetic market was made to have.</summary>
/// <param name="Date">The session on which the detector is to fire; in a small market it may be the one before or after.</param>
/// <param name="Detector">The detector's name.</param>
/// <param name="Planted">What was planted.</param>
public sealed record PlantedThrust(DateOnly Date, string Detector, string Planted);
