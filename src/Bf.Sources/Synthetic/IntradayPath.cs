using Bf.Core.Market;

namespace Bf.Sources.Synthetic;

/// <summary>
/// Splits a day of one symbol into bars of five minutes that add up to it: the first open, the highest high, the lowest low, the last close, all
/// of the volume, most of it near the open and the close. In between lies a random walk that is bent to end at the close.
/// </summary>
internal sealed class IntradayPath(RandomStream random, Bar day, DateOnly session)
{
    private const int BarMinutes = 5;
    private const double Unit = 10_000;
    private readonly int _count = ExchangeCalendar.Minutes(session) / BarMinutes;

    /// <summary>The bars of the session, ascending.</summary>
    public Bar[] Run()
    {
        var prices = Prices();
        var bars = new Bar[_count];
        var opens = ExchangeCalendar.Opens(session);
        var wick = 0.05 * (day.High - day.Low);
        for (var k = 0; k < _count; k++)
        {
            var (open, close) = (prices[k], prices[k + 1]);
            var high = Between(Math.Max(open, close) + (wick * random.Share()));
            var low = Between(Math.Min(open, close) - (wick * random.Share()));
            bars[k] = new Bar(day.Symbol, opens + (k * BarMinutes * 60_000_000L), open, Math.Max(high, Math.Max(open, close)), Math.Min(low, Math.Min(open, close)), close, Adjusted(close), 0);
        }

        Touch(bars);
        Spread(bars);
        return bars;
    }

    /// <summary>The prices at the bars' boundaries.</summary>
    private double[] Prices()
    {
        var walk = new double[_count + 1];
        for (var k = 1; k <= _count; k++)
        {
            walk[k] = walk[k - 1] + random.Normal();
        }

        var scale = 0.7 * (day.High - day.Low) / Math.Sqrt(_count);
        var prices = new double[_count + 1];
        for (var k = 1; k < _count; k++)
        {
            var done = (double)k / _count;
            prices[k] = Between(day.Open + ((day.Close - day.Open) * done) + (scale * (walk[k] - (done * walk[_count]))));
        }

        (prices[0], prices[_count]) = (day.Open, day.Close);
        return prices;
    }

    /// <summary>The day's extremes are reached in the bars that come nearest.</summary>
    private void Touch(Bar[] bars)
    {
        int highest = 0, lowest = 0;
        for (var k = 1; k < bars.Length; k++)
        {
            highest = bars[k].High > bars[highest].High ? k : highest;
            lowest = bars[k].Low < bars[lowest].Low ? k : lowest;
        }

        bars[highest] = bars[highest] with { High = day.High };
        bars[lowest] = bars[lowest] with { Low = day.Low };
    }

    /// <summary>The day's volume goes to the bars by a U-shaped weight; each share of it to exactly one.</summary>
    private void Spread(Bar[] bars)
    {
        var reached = new double[_count];
        var total = 0.0;
        for (var k = 0; k < _count; k++)
        {
            var fromNoon = ((2 * k) + 1 - _count) / (double)_count;
            total += (1 + (4 * fromNoon * fromNoon * fromNoon * fromNoon)) * random.Between(0.5, 1.5);
            reached[k] = total;
        }

        var given = 0L;
        for (var k = 0; k < _count; k++)
        {
            var until = k == _count - 1 ? day.Volume : (long)(day.Volume * (reached[k] / total));
            bars[k] = bars[k] with { Volume = until - given };
            given = until;
        }
    }

    private double Between(double price) => Math.Min(Math.Max(Math.Floor((price * Unit) + 0.5) / Unit, day.Low), day.High);

    private double Adjusted(double close) => close == day.Close ? day.AdjClose : DailyPath.AdjustedClose(close, day.Close / day.AdjClose);
}
