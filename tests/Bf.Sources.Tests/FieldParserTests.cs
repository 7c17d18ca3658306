using System.Text;

namespace Bf.Sources.Tests;

public sealed class FieldParserTests
{
    [Theory]
    [InlineData("10", 10)]
    [InlineData("10.25", 10.25)]
    [InlineData(" 0.1 ", 0.1)]
    [InlineData("$185.64", 185.64)]
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

    [Theory]
    [InlineData("1,234.5", NumberStyle.Point, 1234.5)]
    [InlineData("$1,234,567.89", NumberStyle.Point, 1234567.89)]
    [InlineData("1'234.50", NumberStyle.Point, 1234.5)]
    [InlineData("185,64", NumberStyle.Comma, 185.64)]
    [InlineData("1.234,5", NumberStyle.Comma, 1234.5)]
    [InlineData("-1.234.567,125", NumberStyle.Comma, -1234567.125)]
    [InlineData("1 234,5", NumberStyle.Comma, 1234.5)]
    [InlineData("1.234", NumberStyle.Comma, 1234)]
    [InlineData("1\u202f234,5", NumberStyle.Comma, 1234.5)]
    [InlineData("1\u00a0234.5", NumberStyle.Point, 1234.5)]
    [InlineData("1\u2019234.5", NumberStyle.Point, 1234.5)]
    [InlineData("12,34,567.5", NumberStyle.Point, 1234567.5)]
    [InlineData("12", NumberStyle.Comma, 12)]
    public void A_price_is_read_in_the_style_of_its_file(string text, NumberStyle style, double price)
    {
        Assert.True(FieldParser.TryPrice(Utf8(text), out var read, style));
        Assert.Equal(price, read);
    }

    [Theory]
    [InlineData("185,64", NumberStyle.Point)]
    [InlineData("1,23,45.0", NumberStyle.Point)]
    [InlineData("1.23.456,0", NumberStyle.Comma)]
    [InlineData(",123", NumberStyle.Point)]
    [InlineData("1.2.3", NumberStyle.Point)]
    [InlineData("1,234", NumberStyle.Plain)]
    [InlineData("185.64", NumberStyle.Comma)]
    [InlineData("1,2,3", NumberStyle.Comma)]
    [InlineData("1.23,4", NumberStyle.Comma)]
    [InlineData("1,234.5", NumberStyle.Comma)]
    public void A_price_in_another_style_is_refused(string text, NumberStyle style) => Assert.False(FieldParser.TryPrice(Utf8(text), out _, style));

    [Theory]
    [InlineData("82.49M", NumberStyle.Plain, 82_490_000)]
    [InlineData("1.5K", NumberStyle.Plain, 1_500)]
    [InlineData("1.2B", NumberStyle.Plain, 1_200_000_000)]
    [InlineData("82,49M", NumberStyle.Comma, 82_490_000)]
    [InlineData("82,488,700", NumberStyle.Point, 82_488_700)]
    [InlineData("82.488.700", NumberStyle.Comma, 82_488_700)]
    public void A_volume_may_have_a_unit_or_thousands(string text, NumberStyle style, long volume)
    {
        Assert.True(FieldParser.TryVolume(Utf8(text), out var read, style));
        Assert.Equal(volume, read);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("null", true)]
    [InlineData("NULL", true)]
    [InlineData("NaN", true)]
    [InlineData("N/A", true)]
    [InlineData("-", true)]
    [InlineData("None", true)]
    [InlineData("0", false)]
    [InlineData("nil", false)]
    public void What_says_that_there_is_no_value_is_known(string text, bool missing) => Assert.Equal(missing, FieldParser.IsMissing(Utf8(text)));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
