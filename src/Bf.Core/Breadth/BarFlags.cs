namespace Bf.Core.Breadth;

/// <summary>
/// The word that says what is true of one bar: eight fields of 8 bits, each 0 or 1, so that adding words by date counts
/// all eight at once, up to 255 symbols.
/// </summary>
internal static class BarFlags
{
    public const long Adv = 1L;
    public const long Dec = 1L << 8;
    public const long Nh252 = 1L << 16;
    public const long Nl252 = 1L << 24;
    public const long Above20 = 1L << 32;
    public const long Above50 = 1L << 40;
    public const long Above200 = 1L << 48;
    public const long Outlier = 1L << 56;

    /// <summary>The most symbols whose words add up without a carry into the next field.</summary>
    public const int MostSymbols = 255;

    /// <summary>The column that each field counts, from the lowest field up.</summary>
    public static readonly TallyColumn[] Columns =
    [
        TallyColumn.Adv, TallyColumn.Dec, TallyColumn.Nh252, TallyColumn.Nl252,
        TallyColumn.Above20, TallyColumn.Above50, TallyColumn.Above200, TallyColumn.ReturnOutliers,
    ];

    /// <summary>The columns that follow from a symbol's number of bars alone: it counts from its so-manieth bar on.</summary>
    public static readonly (TallyColumn Column, int FromBar)[] Seniority =
    [
        (TallyColumn.Bars, 1), (TallyColumn.Issues, 2), (TallyColumn.Elig20, 20), (TallyColumn.Elig50, 50),
        (TallyColumn.Elig200, 200), (TallyColumn.Elig252, 252),
    ];
}
