namespace Bf.Sources;

/// <summary>In which order a file writes dates that do not begin with the year, such as 01/02/2024.</summary>
public enum DateOrder
{
    /// <summary>Not known: such dates are not read.</summary>
    Unknown,
    /// <summary>Month first, as in the United States.</summary>
    MonthFirst,
    /// <summary>Day first.</summary>
    DayFirst,
}
