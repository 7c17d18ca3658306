using Bf.Core.Backtest;

namespace Bf.Core.Tests.Backtest;

public sealed class CalendarReturnsTests
{
    private static readonly long[] Dates = [At(2023, 11, 15), At(2023, 11, 30), At(2023, 12, 1), At(2023, 12, 29), At(2024, 2, 1)];
    private static readonly double[] Curve = [100, 110, 99, 121, 60.5];

    [Fact]
    public void A_month_is_measured_from_the_last_value_before_it()
    {
        var months = CalendarReturns.ByMonth(Dates, Curve);

        // 110 / 100, 121 / 110, and February from the end of December, for January has no date
        Assert.Equal([(2023, 11), (2023, 12), (2024, 2)], months.Select(m => (m.Year, m.Month)));
        Assert.Equal([0.1, 0.1, -0.5], months.Select(m => m.Return!.Value), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Months_compound_to_years_and_years_to_the_whole()
    {
        var (months, years) = (CalendarReturns.ByMonth(Dates, Curve), CalendarReturns.ByYear(Dates, Curve));

        Assert.Equal([(2023, 0), (2024, 0)], years.Select(y => (y.Year, y.Month)));
        Assert.Equal(0.21, years[0].Return!.Value, 1e-12);
        Assert.All(years, y => Assert.Equal(1 + y.Return!.Value, months.Where(m => m.Year == y.Year).Aggregate(1.0, (p, m) => p * (1 + m.Return!.Value)), 1e-12));
        Assert.Equal(1 + EquityMetrics.TotalReturn(Curve)!.Value, years.Aggregate(1.0, (p, y) => p * (1 + y.Return!.Value)), 1e-12);
    }

    [Fact]
    public void What_is_not_above_0_has_no_return_and_lengths_must_agree()
    {
        Assert.Equal([null, null], CalendarReturns.ByYear([At(2023, 1, 2), At(2023, 12, 1), At(2024, 1, 2)], [100, -5, 50]).Select(y => y.Return));
        Assert.Empty(CalendarReturns.ByMonth([], []));
        Assert.Throws<ArgumentException>(() => CalendarReturns.ByYear([At(2023, 1, 2)], []));
    }

    private static long At(int year, int month, int day) => (long)(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMicroseconds;
}
