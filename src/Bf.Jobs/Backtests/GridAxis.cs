namespace Bf.Jobs.Backtests;

/// <summary>A parameter of a grid and its values, in the order of the grid.</summary>
/// <param name="Name">The parameter's name, as in the results.</param>
/// <param name="Values">Its values.</param>
/// <param name="AreNumbers">Whether the values are numbers.</param>
public sealed record GridAxis(string Name, IReadOnlyList<string> Values, bool AreNumbers);
