using Bf.Core.Market;
using Bf.Sources.Synthetic;

namespace Bf.Sources.Tests.Synthetic;

public sealed class ExchangeCalendarTests
{
    // as the New York Stock Exchange published them
    [Theory]
    [InlineData(2022, 251)]
    [InlineData(2023, 250)]
    [InlineData(2024, 252)]
    [InlineData(2025, 251)] // 250 of them held: 9 January was a day of mourning
    public void A_year_has_the_exchanges_sessions(int year, int sessions) =>
        Assert.Equal(sessions, ExchangeCalendar.Sessions(new(year, 1, 1), new(year, 12, 31)).Count());

    [Theory]
    [InlineData("2024-01-01")]
    [InlineData("2023-01-02")] // New Year's Day on a Sunday
    [InlineData("2024-01-15")]
    [InlineData("2024-02-19")]
    [InlineData("2024-03-29")] // Good Friday
    [InlineData("2023-04-07")]
    [InlineData("2024-05-27")]
    [InlineData("2022-06-20")] // Juneteenth on a Sunday
    [InlineData("2020-07-03")] // Independence Day on a Saturday
    [InlineData("2024-09-02")]
    [InlineData("2024-11-28")]
    [InlineData("2022-12-26")]
    [InlineData("2024-06-15")] // a Saturday
    public void On_holidays_and_weekends_there_is_none(string day) => Assert.DoesNotContain(DateOnly.Parse(day), Around(DateOnly.Parse(day)));

    [Theory]
    [InlineData("2021-12-31")] // New Year's Day on a Saturday has no Friday
    [InlineData("2024-07-05")]
    [InlineData("2024-10-14")]
    public void On_other_weekdays_there_is_one(string day) => Assert.Contains(DateOnly.Parse(day), Around(DateOnly.Parse(day)));

    [Theory]
    [InlineData("2024-03-08", "14:30", 390)]
    [InlineData("2024-03-11", "13:30", 390)] // summer time began on the 10th
    [InlineData("2024-11-01", "13:30", 390)]
    [InlineData("2024-11-04", "14:30", 390)]
    [InlineData("2024-07-03", "13:30", 210)]
    [InlineData("2024-11-29", "14:30", 210)]
    [InlineData("2024-12-24", "14:30", 210)]
    public void A_session_opens_at_half_past_nine_in_new_york_and_some_are_short(string day, string utc, int minutes)
    {
        var session = DateOnly.Parse(day);
        Assert.Equal($"{day} {utc}:00", Timestamp.Format(ExchangeCalendar.Opens(session)));
        Assert.Equal(minutes, ExchangeCalendar.Minutes(session));
    }

    private static IEnumerable<DateOnly> Around(DateOnly day) => ExchangeCalendar.Sessions(day.AddDays(-7), day.AddDays(7));
}
