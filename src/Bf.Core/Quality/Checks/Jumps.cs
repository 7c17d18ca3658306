using Bf.Core.Market;

namespace Bf.Core.Quality.Checks;

internal sealed class Jumps : SymbolCheck
{
    private const double Move = 0.5;
    private const double Near = 0.03;
    private const double NearOpen = 0.05;
    private const double Factor = 20;

    private static readonly int[] Splits = [2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100];

    public override string Name => "jumps";

    public override string Title => "Jumps without a split";

    public override string LooksFor =>
        $"an adjusted close more than {Words.Percent(Move, 1)} above or below that of the bar before, or half of it as after a split 2:1, odd prices left aside; a split that adj_close knows moves close alone and is no jump. " +
        $"It looks like a fault of the data when adj_close moves and close does not; when close and open lie by the same N:1 or 1:N (N of {string.Join(", ", Splits)}) from the close before, a split that adj_close does not know; or when it is {Factor}-fold or 1/{Factor}, more than a stock moves from one bar to the next";

    public override string Matters =>
        "a split that is not adjusted is a false decline, a false 52-week low and weeks below every mean; a real jump (news, a takeover, another company under an old symbol) is counted as it should";

    public override string ToDo => "look at them beside another source; import adjusted bars of the symbol anew where a split is missing (bf data import replaces them)";

    public override IReadOnlyList<QualityThreshold> Thresholds =>
    [
        new("move", Move, "from one adjusted close to the next"),
        new("near", Near, "how near the close lies to a split's ratio"),
        new("near_open", NearOpen, "how near the open lies to it"),
        new("factor", Factor, "more than a stock moves"),
    ];

    public override void Look(BarSeries bars, MarketCalendar calendar, Evidence evidence)
    {
        var price = bars.AdjClose;
        bool[]? odd = null;
        for (var i = 1; i < bars.Count; i++)
        {
            if (!IsJump(price[i], price[i - 1]) && !IsHalf(bars, i))
            {
                continue;
            }

            odd ??= OddPrices.Mark(bars) ?? new bool[bars.Count];
            if (odd[i] || odd[i - 1])
            {
                continue;
            }

            var ratio = price[i] / price[i - 1];
            var fault = !IsJump(bars.Close[i], bars.Close[i - 1]) && !IsHalf(bars, i) ? ", while close does not"
                : SplitLike(ratio, OpenRatio(bars, i)) ?? (Math.Max(ratio, 1 / ratio) >= Factor ? ", more than a stock moves" : null);
            var gap = calendar.SessionsBefore(bars.Ts[i]) - calendar.SessionsBefore(bars.Ts[i - 1]) - 1;
            evidence.Add(
                new(bars.Symbol, bars.Ts[i], bars.Ts[i], 1, $"{Words.Number(price[i - 1])} to {Words.Number(price[i])} ({Size(ratio)}){(gap > 0 ? $" after {Words.Count(gap, "session")} without a bar" : "")}{fault}"),
                Math.Abs(Math.Log(ratio)) + (fault is null ? 0 : 100), // what may be a fault comes first
                fault is not null);
        }
    }

    public override string Say(Evidence evidence) =>
        $"{Words.Count(evidence.Count, "move")} of more than {Words.Percent(Move, 1)} from one bar to the next, of {Words.Count(evidence.Symbols, "symbol")}; {Words.Number(evidence.Serious)} look{(evidence.Serious == 1 ? "s" : "")} like a fault of the data";

    public override bool IsWarning(Evidence evidence) => evidence.Serious > 0;

    private static string Size(double ratio) =>
        ratio >= 10 ? $"{Words.Number(Math.Round(ratio, 1))}-fold" : ratio <= 0.1 ? $"1/{Words.Number(Math.Round(1 / ratio, 1))}" : $"{(ratio > 1 ? "+" : "")}{Words.Percent(ratio - 1, 1)}";

    private static bool IsJump(double price, double before) => price > (1 + Move) * before || price < (1 - Move) * before;

    // the commonest split halves a price: on a day of rise the fall is of less than a half
    private static bool IsHalf(BarSeries bars, int i) =>
        Math.Abs((bars.AdjClose[i] * 2 / bars.AdjClose[i - 1]) - 1) < Near && Math.Abs((bars.Close[i] * 2 / bars.Close[i - 1]) - 1) < Near && Math.Abs((OpenRatio(bars, i) * 2) - 1) < NearOpen;

    private static double OpenRatio(BarSeries bars, int i) => bars.Open[i] * (bars.AdjClose[i] / bars.Close[i]) / bars.AdjClose[i - 1];

    private static string? SplitLike(double close, double open)
    {
        foreach (var n in Splits)
        {
            if (Math.Abs((close * n) - 1) < Near && Math.Abs((open * n) - 1) < NearOpen)
            {
                return $", as a split {n}:1 would";
            }

            if (Math.Abs((close / n) - 1) < Near && Math.Abs((open / n) - 1) < NearOpen)
            {
                return $", as a reverse split 1:{n} would";
            }
        }

        return null;
    }
}
