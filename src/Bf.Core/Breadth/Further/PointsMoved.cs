using Bf.Core.Market;

namespace Bf.Core.Breadth.Further;

/// <summary>Points gained by the advancing symbols, and lost by the declining.</summary>
internal sealed class PointsMoved : FurtherFamily
{
    private FurtherIndicator? _only;

    public override string Name => "points_up_share";

    public override string Title => "Points gained and lost";

    public override string Measures => "Share of all price changes, in currency, that are gains: with volume it makes Lowry's 90 % days";

    public override string Formula =>
        "points_up / (points_up + points_down): sums over adv (dec) of the size of close x (1 - adj_close before / adj_close), each rounded half away from zero to a millionth";

    public override string Source =>
        "Paul Desmond, Identifying Bear Market Bottoms and New Bull Markets (2002): full and fractional dollars of price change of the stocks that advanced, and that declined, each day (read in quotation)";

    public override string Note =>
        "The change on the scale of that day's price, dividends and splits taken out, so that a later split changes nothing; "
        + "where the source restates close itself after a split, as Yahoo does, points are in today's shares. Odd returns are not left out";

    public override BarColumns Reads => BarColumns.AdjClose | BarColumns.Close;

    public override IReadOnlyList<FurtherIndicator> Standard => [_only ??= Make()];

    internal override FurtherIndicator? Find(string name) => name is "points" or "points_up" or "points_down" or "points_up_share" ? Standard[0] : null;

    private FurtherIndicator Make() =>
        new(
            this, null, 1,
            [
                FurtherColumns.Count("points_up", 1, "Points gained", "sum over adv of close x (1 - adj_close before / adj_close)", "millionths of the currency"),
                FurtherColumns.Count("points_down", 1, "Points lost", "sum over dec of close x (adj_close before / adj_close - 1)", "millionths of the currency"),
                FurtherColumns.Share(Name, 1, "Share of points moved that were gained", "points_up", "points_down", Source),
            ],
            [new Moved("points_up", 1), new Moved("points_down", -1)]);

    private sealed class Moved(string name, int sign) : FurtherMeasure(name, 1)
    {
        public override bool IsAmount => true;

        public override void Measure(FurtherBars bars, Span<long> adds)
        {
            var ticks = bars.AdjCloses;
            var closes = bars.Closes;
            for (var i = 1; i < ticks.Length; i++)
            {
                var change = sign * (ticks[i] - ticks[i - 1]);
                adds[i] = change > 0 ? Points(closes[i], change, ticks[i]) : 0;
            }
        }

        /// <summary>close x change / tick, rounded half up. A change that no price could make, out of odd data, counts as the highest price.</summary>
        private static long Points(long close, long change, long tick)
        {
            var high = Math.BigMul(close, change, out long low);
            return high == 0 && low >= 0 && low <= long.MaxValue - tick
                ? Math.Min((low + (tick / 2)) / tick, Ticks.Max)
                : (long)Int128.Min((((Int128)close * change) + (tick / 2)) / tick, Ticks.Max);
        }
    }
}
