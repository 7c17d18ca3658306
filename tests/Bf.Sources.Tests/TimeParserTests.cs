using System.Text;
using Bf.Core.Market;
using static Bf.Sources.Tests.CsvText;

namespace Bf.Sources.Tests;

public sealed class TimeParserTests
{
    [Theory]
    [InlineData("2024-01-02")]
    [InlineData("2024/01/02")]
    [InlineData("20240102")]
    [InlineData(" 2024-01-02 ")]
    [InlineData("2024-01-02T00:00:00")]
    [InlineData("2024-01-02 00:00:00")]
    [InlineData("2024-01-02T00:00:00Z")]
    [InlineData("2024-01-02 00:00:00+00:00")]
    [InlineData("2024-01-02T00:00:00.000000Z")]
    public void A_date_is_its_midnight_in_both_kinds_of_bars(string text)
    {
        Assert.Equal(Day(2024, 1, 2), Time(text, Interval.Day));
        Assert.Equal(Day(2024, 1, 2), Time(text, Interval.Parse("5m")));
    }

    [Theory]
    [InlineData("2024-01-02T16:00:00-05:00")]
    [InlineData("2024-01-02T20:00:00-05:00")]
    [InlineData("2024-01-02 00:00:00+09:00")]
    [InlineData("2024-01-02T23:59:59")]
    public void A_daily_bar_has_the_date_that_is_written_down(string text) => Assert.Equal(Day(2024, 1, 2), Time(text, Interval.Day));

    [Theory]
    [InlineData("2024-01-02T09:30:00", 9.5)]
    [InlineData("2024-01-02 09:30", 9.5)]
    [InlineData("2024-01-02T09:30:00-05:00", 14.5)]
    [InlineData("2024-01-02T00:30:00+01:00", -0.5)]
    [InlineData("2024-01-02T09:30:00.250Z", 9.5 + (0.25 / 3600))]
    public void A_time_within_the_day_is_utc_unless_it_says_otherwise(string text, double hours) =>
        Assert.Equal(Day(2024, 1, 2) + (long)Math.Round(hours * 3_600_000_000), Time(text, Interval.Parse("5m")));

    [Theory]
    [InlineData("")]
    [InlineData("2024")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-10")]
    [InlineData("2023-02-29")]
    [InlineData("2024-01-32")]
    [InlineData("2024-1-2")]
    [InlineData("2024-01/02")]
    [InlineData("0000-01-01")]
    [InlineData("01/02/2024")]
    [InlineData("2024-01-02T")]
    [InlineData("2024-01-02T25:00:00")]
    [InlineData("2024-01-02 nine o'clock")]
    [InlineData("24-01-02")]
    [InlineData("17041536")]
    [InlineData("NaN")]
    public void What_is_no_date_is_refused(string text)
    {
        Assert.Null(Time(text, Interval.Day));
        Assert.Null(Time(text, Interval.Parse("5m")));
    }

    [Theory]
    [InlineData("29/02/2024", false)]
    [InlineData("2024-02-29", true)]
    [InlineData("1900-02-29", false)]
    [InlineData("2000-02-29", true)]
    public void Leap_days_are_known(string text, bool real) => Assert.Equal(real, Time(text, Interval.Day) is not null);

    [Theory]
    [InlineData("2024.01.02")]
    [InlineData("02.01.2024")]
    [InlineData("2.1.2024")]
    [InlineData("Jan 2, 2024")]
    [InlineData("02-Jan-2024")]
    [InlineData("2-Jan-24")]
    [InlineData("2 January 2024")]
    [InlineData("02JAN2024")]
    [InlineData("1704153600")]
    [InlineData("1704153600.0")]
    [InlineData("1704171600000")]
    [InlineData("1704171600000000")]
    [InlineData("1704171600000000000")]
    [InlineData("20240102 00:00")]
    [InlineData("20240102T093000")]
    [InlineData("20240102093000")]
    public void Dates_are_read_as_people_write_them(string text) => Assert.Equal(Day(2024, 1, 2), Time(text, Interval.Day));

    [Theory]
    [InlineData("01/02/2024", DateOrder.MonthFirst, 1, 2)]
    [InlineData("01/02/2024", DateOrder.DayFirst, 2, 1)]
    [InlineData("1/2/24", DateOrder.MonthFirst, 1, 2)]
    [InlineData("12/31/2024", DateOrder.MonthFirst, 12, 31)]
    [InlineData("31-12-2024", DateOrder.DayFirst, 12, 31)]
    [InlineData("01/02/2024 16:00", DateOrder.MonthFirst, 1, 2)]
    public void Dates_that_end_with_the_year_need_to_know_the_order(string text, DateOrder order, int month, int day)
    {
        Assert.Equal(Day(2024, month, day), Time(text, Interval.Day, order));
        Assert.Null(Time(text, Interval.Day));
    }

    [Theory]
    [InlineData("12/31/2024", DateOrder.DayFirst)]
    [InlineData("31/12/2024", DateOrder.MonthFirst)]
    [InlineData("02/30/2024", DateOrder.MonthFirst)]
    [InlineData("01/02/0000", DateOrder.MonthFirst)]
    [InlineData("01/02-2024", DateOrder.MonthFirst)]
    public void What_is_no_date_in_that_order_is_refused(string text, DateOrder order) => Assert.Null(Time(text, Interval.Day, order));

    [Theory]
    [InlineData("2024-01-02", "093500", 9, 35)]
    [InlineData("2024-01-02", "0935", 9, 35)]
    [InlineData("20240102", "09:35:00", 9, 35)]
    [InlineData("01/02/2024", "9:35 AM", 9, 35)]
    [InlineData("2024-01-02", "", 0, 0)]
    [InlineData("1704188100", "", 9, 35)]
    [InlineData("20240102 0935", "", 9, 35)]
    [InlineData("2024.01.02 09:35", "", 9, 35)]
    [InlineData("1/2/2024 9:35", "", 9, 35)]
    public void A_time_may_stand_behind_the_date_or_in_a_column_of_its_own(string date, string time, int hour, int minute)
    {
        var parser = new TimeParser(Interval.Parse("5m"), DateOrder.MonthFirst);

        Assert.True(parser.TryParse(Encoding.UTF8.GetBytes(date), Encoding.UTF8.GetBytes(time), out var ts));
        Assert.Equal(Day(2024, 1, 2) + (((hour * 60) + minute) * 60_000_000L), ts);
    }

    [Theory]
    [InlineData("2024-01-02 09:30", 14, 30)]
    [InlineData("2024-07-02 09:30", 13, 30)]
    [InlineData("2024-07-02T09:30:00Z", 9, 30)]
    [InlineData("2024-07-02T09:30:00+02:00", 7, 30)]
    public void A_time_without_zone_is_one_of_the_zone_that_is_given(string text, int hour, int minute)
    {
        var parser = new TimeParser(Interval.Parse("5m"), DateOrder.Unknown, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));

        Assert.True(parser.TryParse(Encoding.UTF8.GetBytes(text), default, out var ts));
        Assert.Equal(((hour * 60) + minute) * 60_000_000L, ts % Timestamp.Day);
    }

    [Fact]
    public void A_time_that_summer_time_leaves_out_is_refused()
    {
        var parser = new TimeParser(Interval.Parse("5m"), DateOrder.Unknown, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));

        Assert.False(parser.TryParse("2024-03-10 02:30"u8, default, out _));
    }

    private static long? Time(string text, Interval interval, DateOrder order = DateOrder.Unknown) =>
        new TimeParser(interval, order).TryParse(Encoding.UTF8.GetBytes(text), default, out var ts) ? ts : null;
}
