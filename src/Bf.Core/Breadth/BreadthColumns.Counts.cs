namespace Bf.Core.Breadth;

public static partial class BreadthColumns
{
    private const string PlainCount = "count";

    private static BreadthColumn[] Counts() =>
    [
        Count("bars", TallyColumn.Bars, 0, "Symbols with a bar on the date", "members with a bar"),
        Count("issues", TallyColumn.Issues, 1, "Symbols that can be compared with their bar before", "adv + dec + unch"),
        Count("adv", TallyColumn.Adv, 1, "Advancing symbols", "adjusted close above that of the symbol's bar before"),
        Count("dec", TallyColumn.Dec, 1, "Declining symbols", "adjusted close below that of the symbol's bar before"),
        Count("unch", TallyColumn.Unch, 1, "Unchanged symbols", "adjusted close equal to that of the symbol's bar before"),
        Volume("up_vol", TallyColumn.UpVol, "Volume of the advancing symbols", "sum of volume over adv"),
        Volume("down_vol", TallyColumn.DownVol, "Volume of the declining symbols", "sum of volume over dec"),
        Volume("unch_vol", TallyColumn.UnchVol, "Volume of the unchanged symbols", "sum of volume over unch"),
        Count("elig252", TallyColumn.Elig252, 251, "Symbols with a year of bars", "symbols with at least 252 bars so far"),
        Count("nh252", TallyColumn.Nh252, 251, "Symbols at a 52-week high", "of elig252: adjusted close = highest of its last 252, ties included"),
        Count("nl252", TallyColumn.Nl252, 251, "Symbols at a 52-week low", "of elig252: adjusted close = lowest of its last 252, ties included"),
        Eligible("elig20", TallyColumn.Elig20, 20),
        Above("above20", TallyColumn.Above20, 20),
        Eligible("elig50", TallyColumn.Elig50, 50),
        Above("above50", TallyColumn.Above50, 50),
        Eligible("elig200", TallyColumn.Elig200, 200),
        Above("above200", TallyColumn.Above200, 200),
    ];

    private static BreadthColumn Count(string name, TallyColumn column, int warmUp, string measures, string formula) =>
        new(name, warmUp, "symbols", measures, formula, PlainCount, column);

    private static BreadthColumn Volume(string name, TallyColumn column, string measures, string formula) =>
        new(name, 1, "shares", measures, formula, PlainCount, column);

    private static BreadthColumn Eligible(string name, TallyColumn column, int window) =>
        Count(name, column, window - 1, $"Symbols with {window} bars", $"symbols with at least {window} bars so far");

    private static BreadthColumn Above(string name, TallyColumn column, int window) =>
        Count(name, column, window - 1, $"Symbols above their {window}-bar mean",
            $"of elig{window}: {window} x adjusted close > sum of its last {window}, equal is not above");
}
