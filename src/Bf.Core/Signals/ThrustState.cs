namespace Bf.Core.Signals;

/// <summary>Where a detector stands at the close of a date; it says something about the rule and never keeps it from firing.</summary>
public enum ThrustState
{
    /// <summary>It has never fired, and what has to come before a thrust is not there.</summary>
    None,
    /// <summary>What has to come before a thrust was seen: the next date may fire. A detector that has fired may be armed again.</summary>
    Armed,
    /// <summary>It fired within the last <see cref="ThrustMemory.Dates"/> dates, and is not armed again.</summary>
    Fired,
    /// <summary>Its last fire is longer ago.</summary>
    Decayed,
}

/// <summary>The names of <see cref="ThrustState"/> in tables and documents.</summary>
public static class ThrustStates
{
    /// <summary>A state's name.</summary>
    public static string Name(ThrustState state) => state switch
    {
        ThrustState.Armed => "armed",
        ThrustState.Fired => "fired",
        ThrustState.Decayed => "decayed",
        _ => "none",
    };
}
