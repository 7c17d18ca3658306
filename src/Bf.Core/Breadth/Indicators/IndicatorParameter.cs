namespace Bf.Core.Breadth.Indicators;

/// <summary>A number in an indicator's formula; the columns of the table <c>breadth</c> are computed with the default.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">Its published value.</param>
/// <param name="Least">The least value for which the formula has a meaning.</param>
/// <param name="Most">The greatest.</param>
/// <param name="Meaning">What it does, in one line.</param>
public sealed record IndicatorParameter(string Name, double Default, double Least, double Most, string Meaning);
