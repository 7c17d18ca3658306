using System.Globalization;
using System.Text;
using Bf.Core.Market;

namespace Bf.Jobs.Tests;

/// <summary>Bars of invented markets, the same at each call.</summary>
internal static class Market
{
    public const string Header = "date,symbol,open,high,low,close,adj_close,volume";

    /// <summary>The first weekdays from 1 December 2022 on: 300 of them cross two years' ends.</summary>
    public static long[] Weekdays(int count)
    {
        var days = new List<long>();
        for (var date = new DateOnly(2022, 12, 1); days.Count < count; date = date.AddDays(1))
        {
            if (date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                days.Add(Timestamp.Of(date));
            }
        }

        return [.. days];
    }

    public static long Day(int year, int month, int day) => Timestamp.Of(new DateOnly(year, month, day));

    public static string Date(long ts) => Timestamp.Format(ts);

    /// <summary>Symbols S00, S01, ... that wander, together now and then, so that thrusts occur.</summary>
    public static List<Bar> Random(int symbols, int days, int seed = 1)
    {
        var random = new Random(seed);
        var dates = Weekdays(days);
        var price = Enumerable.Range(0, symbols).Select(_ => 20 + (100 * random.NextDouble())).ToArray();
        var bars = new List<Bar>();
        for (var d = 0; d < days; d++)
        {
            var mood = (d / 12 % 2 == 0 ? 1 : -1) * 0.012;
            for (var s = 0; s < symbols; s++)
            {
                var open = Round(price[s]);
                price[s] = Math.Max(1, price[s] * (1 + mood + ((random.NextDouble() - 0.5) * 0.03)));
                var close = random.Next(12) == 0 ? open : Round(price[s]);
                price[s] = close;
                bars.Add(new($"S{s:00}", dates[d], open, Round(Math.Max(open, close) * 1.01), Round(Math.Min(open, close) * 0.99), close, Round(close * 0.97), random.Next(0, 5_000_000)));
            }
        }

        return bars;
    }

    public static string Csv(IEnumerable<Bar> bars)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var b in bars)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Timestamp.Format(b.Ts)},{b.Symbol},{b.Open:R},{b.High:R},{b.Low:R},{b.Close:R},{b.AdjClose:R},{b.Volume}\n");
        }

        return text.ToString();
    }

    private static double Round(double price) => Math.Round(price, 2);
}
