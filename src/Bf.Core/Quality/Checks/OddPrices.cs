using Bf.Core.Market;

namespace Bf.Core.Quality.Checks;

internal sealed class OddPrices : SymbolCheck
{
    private const double Factor = 5;
    private const double Back = 1.5;
    private const int Longest = 10;
    private const double LeastOfNines = 9_999;

    public override string Name => "odd_prices";

    public override string Title => "Placeholders and spikes";

    public override string LooksFor =>
        $"closes made of nines from {Words.Number(LeastOfNines)} up (999,999.9999) at {Factor}x the next other price or more; and up to {Longest} bars at more than {Factor}x, or less than 1/{Factor} of, the price before, to which the price then returns";

    public override string Matters =>
        "a false advance and a false decline, a false 52-week high or low, 252 bars on which no other high can follow, and a return that the universe's index leaves out as an outlier";

    public override string ToDo => "import the right bars (bf data import replaces them); until then leave the symbol out with a symbol list";

    public override IReadOnlyList<QualityThreshold> Thresholds =>
    [
        new("factor", Factor, "how far off a price must be"),
        new("back", Back, "a price within this factor of the one before has returned"),
        new("bars", Longest, "the most bars until it returns"),
        new("nines", LeastOfNines, "the least price of nothing but nines"),
    ];

    public override void Look(BarSeries bars, MarketCalendar calendar, Evidence evidence)
    {
        if (Mark(bars) is not { } odd)
        {
            return;
        }

        for (int from = 0, to; from < bars.Count; from = to)
        {
            to = from + 1;
            while (to < bars.Count && odd[to] == odd[from])
            {
                to++;
            }

            if (odd[from])
            {
                var beside = from > 0 ? from - 1 : Math.Min(to, bars.Count - 1);
                var isPrice = IsOfNines(bars.Close[from]) || IsFar(bars.Close[from], bars.Close[beside], Factor); // else adj_close alone is odd
                var price = isPrice ? bars.Close : bars.AdjClose;
                evidence.Add(new(bars.Symbol, bars.Ts[from], bars.Ts[to - 1], to - from, $"{Words.Count(to - from, "bar")} at {Words.Number(price[from])}, next to {Words.Number(price[beside])}{(isPrice ? "" : " (adj_close)")}"), to - from);
            }
        }
    }

    public override string Say(Evidence evidence) =>
        $"{Words.Count(evidence.Count, "bar")} of {Words.Count(evidence.Symbols, "symbol")} at a placeholder, or at a price that is gone after a few bars";

    /// <summary>Which bars have an odd price; null when none has.</summary>
    public static bool[]? Mark(BarSeries bars)
    {
        bool[]? odd = null;
        for (var i = 0; i < bars.Count; i++)
        {
            var to = IsOfNines(bars.Close[i]) ? EndOfNines(bars, i) : i > 0 && IsFar(bars.AdjClose[i], bars.AdjClose[i - 1], Factor) ? Return(bars.AdjClose, i) : i;
            if (to > i)
            {
                odd ??= new bool[bars.Count];
                odd.AsSpan(i, to - i).Fill(true);
                i = to; // the bar that is back is compared with no odd one
            }
        }

        return odd;
    }

    /// <summary>Where a run of nines ends that other prices are far from; where it begins when they are near.</summary>
    private static int EndOfNines(BarSeries bars, int from)
    {
        var to = from;
        while (to < bars.Count && IsOfNines(bars.Close[to]))
        {
            to++;
        }

        var near = (from > 0 && !IsFar(bars.Close[from], bars.Close[from - 1], Factor)) || (to < bars.Count && !IsFar(bars.Close[to - 1], bars.Close[to], Factor));
        return near ? from : to;
    }

    /// <summary>Where the price of before comes back; where it left when it does not soon.</summary>
    private static int Return(double[] price, int from)
    {
        for (var i = from + 1; i < price.Length && i - from <= Longest; i++)
        {
            if (!IsFar(price[i], price[from - 1], Back))
            {
                return i;
            }
        }

        return from;
    }

    private static bool IsFar(double a, double b, double factor) => a > factor * b || b > factor * a;

    private static bool IsOfNines(double price)
    {
        if (price < LeastOfNines)
        {
            return false;
        }

        var ticks = Ticks.FromPrice(price);
        while (ticks % 10 == 0)
        {
            ticks /= 10;
        }

        while (ticks % 10 == 9)
        {
            ticks /= 10;
        }

        return ticks == 0;
    }
}
