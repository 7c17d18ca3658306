namespace Bf.Core.Signals;

/// <summary>A number in a detector's rule.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; the catalogue's detectors have the published ones.</param>
/// <param name="Least">The least that it may be.</param>
/// <param name="Most">The most.</param>
/// <param name="Meaning">What it does, in one line.</param>
public sealed record DetectorParameter(string Name, double Value, double Least, double Most, string Meaning);
