namespace Bf.Core.Breadth.Further;

/// <summary>New highs and lows by the bars' highest and lowest prices, over any number of bars.</summary>
internal sealed class NewHighsLowsOfBars : LengthFamily
{
    public override string Title => "Net new highs by high and low";

    public override string Measures => "Symbols whose high is the highest of N bars, less those whose low is the lowest";

    public override string Formula =>
        "nhN_hl - nlN_hl; nhN_hl: of eligN, adjusted high = highest of its last N, ties included; nlN_hl: adjusted low = lowest; "
        + "adjusted high = high x adj_close / close in millionths, low likewise";

    public override string Source =>
        "Barchart, New Highs and Lows: made or matched the high or low of the period (not verified against the original, read in a copy); adjusted by adj_close / close: R packages quantmod (adjustOHLC), rutils (adjust_ohlc)";

    public override string Note => "Where high, low or close is no price, or high is below low, both count as adj_close";

    public override BarColumns Reads => BarColumns.AdjClose | BarColumns.Close | BarColumns.High | BarColumns.Low;

    protected override string[] Names => ["nh_nlN_hl", "nhN_hl", "nlN_hl"];

    protected override int[] Lengths => [20, 63, 252];

    protected override FurtherIndicator Of(int n)
    {
        var (high, low, eligible) = ($"nh{n}_hl", $"nl{n}_hl", $"elig{n}");
        return new(
            this, n, n - 1,
            [
                FurtherColumns.Eligible(eligible, n),
                FurtherColumns.Count(high, n - 1, $"Symbols at a {n}-bar high", $"of {eligible}: adjusted high = highest of its last {n}, ties included"),
                FurtherColumns.Count(low, n - 1, $"Symbols at a {n}-bar low", $"of {eligible}: adjusted low = lowest of its last {n}, ties included"),
                FurtherColumns.Difference($"nh_nl{n}_hl", n - 1, $"Net new {n}-bar highs by high and low", high, low, Source),
            ],
            [
                .. FurtherColumns.IsUsual(eligible) ? Array.Empty<FurtherMeasure>() : [new EligibleCount(eligible, n)],
                new ExtremeCount(high, n, bars => bars.HighestHighs),
                new ExtremeCount(low, n, bars => bars.LowestLows),
            ]);
    }
}
