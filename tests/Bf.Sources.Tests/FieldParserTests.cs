using System.Text;
using Bf.Core.Market;
using static Bf.Sources.Tests.CsvText;

namespace Bf.Sources.Tests;

public sealed class FieldParserTests
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
    [InlineData("02.01.2024")]
    [InlineData("01/02/2024")]
    [InlineData("2024-01-02T")]
    [InlineData("2024-01-02T25:00:00")]
    [InlineData("2024-01-02 nine o'clock")]
    [InlineData("20240102T093000")]
    [InlineData("1704153600")]
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
    [InlineData("10", 10)]
    [InlineData("10.25", 10.25)]
    [InlineData(" 0.1 ", 0.1)]
    [InlineData("-3", -3)]
    [InlineData("+3", 3)]
    [InlineData("1e3", 1000)]
    [InlineData("1.7976931348623157E+308", double.MaxValue)]
    [InlineData("171.21000671386719", 171.21000671386719)]
    [InlineData("NaN", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    public void A_price_is_read_to_the_last_digit(string text, double price)
    {
        Assert.True(FieldParser.TryPrice(Utf8(text), out var read));
        Assert.Equal(price, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-")]
    [InlineData("ten")]
    [InlineData("1,234.5")]
    [InlineData("10 000")]
    [InlineData("$10")]
    [InlineData("0x10")]
    [InlineData("null")]
    public void What_is_no_price_is_refused(string text) => Assert.False(FieldParser.TryPrice(Utf8(text), out _));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1000", 1000)]
    [InlineData(" 1000 ", 1000)]
    [InlineData("-1", -1)]
    [InlineData("0.4", 0)]
    [InlineData("0.5", 1)]
    [InlineData("1.5", 2)]
    [InlineData("2.5", 3)]
    [InlineData("-0.5", -1)]
    [InlineData("-2.5", -3)]
    [InlineData("1e6", 1_000_000)]
    [InlineData("1234567.0", 1_234_567)]
    [InlineData("9007199254740993", 9_007_199_254_740_993)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void A_volume_is_whole_and_a_fraction_is_rounded_half_away_from_zero(string text, long volume)
    {
        Assert.True(FieldParser.TryVolume(Utf8(text), out var read));
        Assert.Equal(volume, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("many")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e19")]
    [InlineData("9223372036854775808")]
    [InlineData("1,000")]
    public void What_is_no_volume_or_beyond_63_bits_is_refused(string text) => Assert.False(FieldParser.TryVolume(Utf8(text), out _));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static long? Time(string text, Interval interval) => FieldParser.TryTime(Utf8(text), interval, out var ts) ? ts : null;
}
