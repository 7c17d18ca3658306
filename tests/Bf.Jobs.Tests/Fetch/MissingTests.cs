using Bf.Core.Market;
using Bf.Jobs.Fetch;

namespace Bf.Jobs.Tests.Fetch;

/// <summary>Which range is asked for, by what the lake has and what was asked for before.</summary>
public sealed class MissingTests
{
    private const string Now = "2024-06-14"; // and the bars are wanted until then

    [Theory]
    // held, asked (until, not before), wanted from and to; asked for, and whether that takes in all that is held
    [InlineData(null, null, null, Now, "..2024-06-14", true)]
    [InlineData(null, null, "2024-01-01", Now, "2024-01-01..2024-06-14", true)]
    [InlineData("2020-01-02..2024-06-10", null, null, Now, "2024-05-31..2024-06-14", false)] // from an import: on from its last bar
    [InlineData("2020-01-02..2024-06-10", null, "2021-01-01", Now, "2024-05-31..2024-06-14", false)]
    [InlineData("2020-01-02..2024-06-10", null, "2015-01-01", Now, "2015-01-01..2024-06-14", true)]
    [InlineData("2020-01-02..2024-06-10", null, "2015-01-01", "2018-01-01", "2015-01-01..2020-01-12", false)] // up to what is there: no hole
    [InlineData("2020-01-02..2024-06-10", null, "2021-01-01", "2022-01-01", null, false)]
    [InlineData("2024-06-05..2024-06-10", null, null, Now, "2024-06-05..2024-06-14", true)]
    [InlineData("2020-01-02..2024-06-10", "2020-01-01..2024-06-11", "2020-01-01", Now, "2024-05-31..2024-06-14", false)]
    [InlineData("2020-01-02..2024-06-10", "2015-01-01..2024-06-11", "2015-01-01", Now, "2024-05-31..2024-06-14", false)] // begins later than asked for: not asked each day
    [InlineData("2020-01-02..2024-06-10", "2015-01-01..2024-06-11", "2010-01-01", "2024-06-01", "2010-01-01..2020-01-12", false)]
    [InlineData("2020-01-02..2024-06-13", "2020-01-01..2024-06-14", null, Now, null, false)]
    [InlineData("2020-01-02..2024-06-13", "2020-01-01..2024-06-13 until 2024-06-15", null, Now, null, false)] // there can be nothing new
    [InlineData("2020-01-02..2024-06-13", "2020-01-01..2024-06-13 until 2024-06-14", null, Now, "2024-06-03..2024-06-14", false)]
    [InlineData("2012-01-02..2015-03-02", "2010-01-01..2024-06-13", null, Now, "2015-02-20..2024-06-14", false)] // no longer traded
    [InlineData(null, "2010-01-01..2024-06-13", null, Now, "2024-06-03..2024-06-14", true)] // never traded
    [InlineData(null, "2010-01-01..2024-06-14", "2012-01-01", Now, null, false)]
    public void Only_what_is_missing_is_asked_for(string? held, string? asked, string? from, string to, string? range, bool whole)
    {
        var h = held is null ? null : new Held(100, Ts(held[..10]), Ts(held[12..22]));
        var a = asked is null ? null : new Asked(Ts(asked[..10]), Ts(asked[12..22]), asked.Length > 22 ? Ts(asked[^10..]) : 0, 100);
        var missing = Missing.Of(h, a, from is null ? null : Ts(from), Ts(to), Ts(Now), Interval.Day);

        Assert.Equal(range, missing is null ? null : $"{(missing.From is { } f ? Timestamp.Format(f) : "")}..{Timestamp.Format(missing.To)}");
        Assert.Equal(whole, missing?.Whole ?? false);
    }

    private static long Ts(string date) => Timestamp.Of(DateOnly.Parse(date));
}
