namespace Bf.Core.Signals;

/// <summary>How the score of a date came about: 50 and the parts' points add up to the score.</summary>
/// <param name="Ts">The date, microseconds since 1970-01-01 UTC.</param>
/// <param name="Score">The score, 0 to 100; NaN where undefined.</param>
/// <param name="State">What it says.</param>
/// <param name="Rule">The score's rule, in words.</param>
/// <param name="Parts">The families' parts.</param>
public sealed record ScoreExplanation(long Ts, double Score, SignalState State, string Rule, IReadOnlyList<ScorePart> Parts);

/// <summary>A family's part in the score of a date; NaN where undefined.</summary>
/// <param name="Family">The family.</param>
/// <param name="Inputs">The columns that its value is made from, on the date.</param>
/// <param name="Value">The family's value on the date, in percent.</param>
/// <param name="Mean">Mean of the values in the window, in percent.</param>
/// <param name="Deviation">Their population standard deviation, in percentage points.</param>
/// <param name="Count">Defined values in the window.</param>
/// <param name="Z">(value - mean) / deviation.</param>
/// <param name="Clipped">The same, cut off at <see cref="BreadthScore.Cut"/> on either side.</param>
/// <param name="Weight">The family's weight, a share of 1.</param>
/// <param name="Points">What it adds to 50: 50 x weight x clipped / cut.</param>
public sealed record ScorePart(
    ScoreFamily Family,
    IReadOnlyList<ScoreInput> Inputs,
    double Value,
    double Mean,
    double Deviation,
    int Count,
    double Z,
    double Clipped,
    double Weight,
    double Points);

/// <summary>A column's value on a date.</summary>
/// <param name="Name">The column's name in the table <c>breadth</c>.</param>
/// <param name="Value">Its value; NaN where undefined.</param>
public sealed record ScoreInput(string Name, double Value);
