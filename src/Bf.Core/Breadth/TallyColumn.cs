namespace Bf.Core.Breadth;

/// <summary>The integer counts of a <see cref="BreadthTally"/>, in the order of the table <c>breadth</c>. Counts are of symbols with a bar at the date.</summary>
public enum TallyColumn
{
    /// <summary>Symbols with a bar.</summary>
    Bars,
    /// <summary>Symbols with a bar and a bar before it: advances + declines + unchanged.</summary>
    Issues,
    /// <summary>Adjusted close above the previous bar's.</summary>
    Adv,
    /// <summary>Adjusted close below the previous bar's.</summary>
    Dec,
    /// <summary>Adjusted close equal to the previous bar's.</summary>
    Unch,
    /// <summary>Volume of the advancing symbols, in shares.</summary>
    UpVol,
    /// <summary>Volume of the declining symbols, in shares.</summary>
    DownVol,
    /// <summary>Volume of the unchanged symbols, in shares.</summary>
    UnchVol,
    /// <summary>Symbols with at least 252 bars so far.</summary>
    Elig252,
    /// <summary>Of these, adjusted close equal to the highest of its last 252.</summary>
    Nh252,
    /// <summary>Of these, adjusted close equal to the lowest of its last 252.</summary>
    Nl252,
    /// <summary>Symbols with at least 20 bars so far.</summary>
    Elig20,
    /// <summary>Of these, adjusted close above the mean of its last 20.</summary>
    Above20,
    /// <summary>Symbols with at least 50 bars so far.</summary>
    Elig50,
    /// <summary>Of these, adjusted close above the mean of its last 50.</summary>
    Above50,
    /// <summary>Symbols with at least 200 bars so far.</summary>
    Elig200,
    /// <summary>Of these, adjusted close above the mean of its last 200.</summary>
    Above200,
    /// <summary>Sum of the close-to-close returns, each rounded to 1e-9, in units of 1e-9; outliers left out.</summary>
    ReturnSum,
    /// <summary>Returns left out of <see cref="ReturnSum"/>: above +300 % or below -75 %.</summary>
    ReturnOutliers,
}
