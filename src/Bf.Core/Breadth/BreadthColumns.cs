using Bf.Core.Breadth.Indicators;

namespace Bf.Core.Breadth;

/// <summary>The columns of the table <c>breadth</c>: every one once, in the table's order.</summary>
public static class BreadthColumns
{
    // A table's columns keep their places: these came first, what the catalogue has beside them follows in its order.
    private static readonly string[] First =
    [
        "bars", "issues", "adv", "dec", "unch", "up_vol", "down_vol", "unch_vol", "elig252", "nh252", "nl252",
        "elig20", "above20", "elig50", "above50", "elig200", "above200", "pct_above20", "pct_above50", "pct_above200",
        "adv_ratio", "zweig_ema10", "zweig_sma10", "deemer_ratio", "rana", "mcc_ema19", "mcc_ema39", "mcc_osc", "mcc_sum",
        "nhnl_ratio", "nhnl_sma10", "upvol_ratio", "return_sum", "return_outliers", "ad_line", "ad_volume_line", "abi", "nh_nl",
        "ad_ratio", "trin", "mcc_osc_classic", "mcc_sum_classic", "index_ew",
    ];

    private static readonly Dictionary<string, BreadthColumn> ByName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All columns.</summary>
    public static IReadOnlyList<BreadthColumn> All { get; } = InOrder();

    /// <summary>The column of a name, or null; case does not matter.</summary>
    public static BreadthColumn? Find(string name) => ByName.GetValueOrDefault(name);

    private static BreadthColumn[] InOrder()
    {
        var further = new List<BreadthColumn>();
        foreach (var indicator in IndicatorCatalogue.All)
        {
            foreach (var column in indicator.Columns)
            {
                ByName.Add(column.Name, column);
                if (Array.IndexOf(First, column.Name) < 0)
                {
                    further.Add(column);
                }
            }
        }

        return [.. Array.ConvertAll(First, name => ByName[name]), .. further];
    }
}
