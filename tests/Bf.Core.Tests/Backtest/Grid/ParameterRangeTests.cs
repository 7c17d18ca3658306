using Bf.Core.Backtest.Grid;

namespace Bf.Core.Tests.Backtest.Grid;

public sealed class ParameterRangeTests
{
    [Theory]
    [InlineData("5..8", "5 6 7 8")]
    [InlineData("5..10:2", "5 7 9")]
    [InlineData("5,10,20", "5 10 20")]
    [InlineData("3, 5..6 ,1", "3 5 6 1")]
    [InlineData("0.1..0.3:0.1", "0.1 0.2 0.3")]
    [InlineData("7..7", "7")]
    public void Ranges_steps_and_lists_are_read(string text, string values) =>
        Assert.Equal(values, string.Join(' ', ParameterRange.Parse(text).Select(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("")]
    [InlineData("5,")]
    [InlineData("9..5")]
    [InlineData("5..9:0")]
    [InlineData("5..9:-1")]
    [InlineData("5..")]
    [InlineData("x")]
    [InlineData("5,5")]
    [InlineData("1..3,2")]
    [InlineData("1..100000")]
    [InlineData("1..1e9")]
    [InlineData("99999999999999999999999999999")]
    public void What_is_no_list_of_values_is_refused(string text) => Assert.Throws<FormatException>(() => ParameterRange.Parse(text));
}
