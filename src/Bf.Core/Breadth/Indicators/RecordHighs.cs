namespace Bf.Core.Breadth.Indicators;

/// <summary>The share of new extremes that are highs, by day and over ten days.</summary>
internal sealed class RecordHighs : Indicator
{
    private const int Dates = 10;
    private const string None = "there is neither a new high nor a new low";
    private const string NoneOfTen = "one of the ten dates has neither a new high nor a new low";

    public static readonly BreadthColumn Share = new(
        "nhnl_ratio", 251, "share, 0 to 1", "Share of new extremes that are highs", "nh252 / (nh252 + nl252)", Sources.Murphy, None,
        p => SeriesMath.Ratio(p.Count, i => Highs(p)[i], i => Highs(p)[i] + Lows(p)[i]));

    public static readonly BreadthColumn ShareOfTen = new(
        "nhnl_sma10", 260, "share, 0 to 1", "Ten-date mean of nhnl_ratio", "SMA of nhnl_ratio over 10 dates",
        "Gerald Appel, Technical Analysis: Power Tools for Active Investors (2005)", NoneOfTen, p => SeriesMath.Sma(Share.Reals(p), Dates));

    public static readonly BreadthColumn Percent = new(
        "record_high_pct", 251, "percent", "Record-high percent: share of new extremes that are highs", "100 nh252 / (nh252 + nl252)",
        Sources.StockCharts + ", Record High Percent", None,
        p => SeriesMath.Ratio(p.Count, 100.0, i => Highs(p)[i], i => Highs(p)[i] + Lows(p)[i]));

    public static readonly BreadthColumn Index = new(
        "high_low_index", 260, "percent", "High-low index: ten-date mean of the record-high percent", "SMA of record_high_pct over 10 dates",
        Sources.StockCharts + ", High-Low Index", NoneOfTen, p => SeriesMath.Sma(Percent.Reals(p), Dates));

    public override string Name => "record_highs";

    public override string Title => "Record-high percent and high-low index";

    public override string Measures => "Whether those who reach an extreme of the year reach it above or below";

    public override string Source => Sources.StockCharts + ", Record High Percent and High-Low Index";

    public override string Note => "nhnl_ratio and nhnl_sma10 are the same as shares; sources differ on a date without extremes, which is undefined here.";

    public override IReadOnlyList<IndicatorParameter> Parameters => [new("dates", Dates, 2, 100, "dates of the mean")];

    public override IReadOnlyList<BreadthColumn> Columns => [Share, ShareOfTen, Percent, Index];

    private static long[] Highs(BreadthPanel panel) => panel.Tally[TallyColumn.Nh252];

    private static long[] Lows(BreadthPanel panel) => panel.Tally[TallyColumn.Nl252];
}
