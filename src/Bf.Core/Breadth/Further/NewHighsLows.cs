namespace Bf.Core.Breadth.Further;

/// <summary>New highs and lows by close, over any number of bars.</summary>
internal sealed class NewHighsLows : LengthFamily
{
    public override string Title => "Net new highs by close";

    public override string Measures => "Symbols whose close is the highest of N bars, less those whose close is the lowest";

    public override string Formula =>
        "nhN - nlN; nhN: of eligN, adjusted close = highest of its last N, ties included; nlN: = lowest";

    public override string Source =>
        "StockCharts ChartSchool, Net New 52-Week Highs; by close and over 4 to 52 weeks: Tradewell, Metrics Catalog, Breadth";

    public override string Note => "A close that equals an earlier extreme counts too. Over 252 bars every run has them, as nh252, nl252 and nh_nl";

    public override BarColumns Reads => BarColumns.AdjClose;

    protected override string[] Names => ["nh_nlN", "nhN", "nlN"];

    protected override int[] Lengths => [20, 63];

    protected override bool IsUsual(int length) => length == 252;

    protected override FurtherIndicator Of(int n)
    {
        var (high, low, eligible) = ($"nh{n}", $"nl{n}", $"elig{n}");
        return new(
            this, n, n - 1,
            [
                FurtherColumns.Eligible(eligible, n),
                FurtherColumns.Count(high, n - 1, $"Symbols at a {n}-bar high by close", $"of {eligible}: adjusted close = highest of its last {n}, ties included"),
                FurtherColumns.Count(low, n - 1, $"Symbols at a {n}-bar low by close", $"of {eligible}: adjusted close = lowest of its last {n}, ties included"),
                FurtherColumns.Difference($"nh_nl{n}", n - 1, $"Net new {n}-bar highs by close", high, low, Source),
            ],
            [
                .. FurtherColumns.IsUsual(eligible) ? Array.Empty<FurtherMeasure>() : [new EligibleCount(eligible, n)],
                new ExtremeCount(high, n, bars => bars.HighestCloses),
                new ExtremeCount(low, n, bars => bars.LowestCloses),
            ]);
    }
}
