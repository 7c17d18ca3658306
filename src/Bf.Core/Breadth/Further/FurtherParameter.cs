namespace Bf.Core.Breadth.Further;

/// <summary>A whole number in an indicator's rule, which its name says.</summary>
/// <param name="Name">Its name, as the letter stands in the indicator's name.</param>
/// <param name="Default">The value of the first standard indicator.</param>
/// <param name="Least">The least that is taken.</param>
/// <param name="Most">The most that is taken.</param>
/// <param name="Meaning">What it does, in one line.</param>
public sealed record FurtherParameter(string Name, int Default, int Least, int Most, string Meaning);
