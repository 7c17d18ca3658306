using Bf.Sources.Http;

namespace Bf.Sources.Tests.Fetch;

/// <summary>How long is waited before asking again.</summary>
public sealed class WaitingTests
{
    private static readonly HttpLimits Limits = new() { Attempt = TimeSpan.FromHours(1), Whole = TimeSpan.FromHours(2) };

    [Theory]
    [InlineData("7", 7)]
    [InlineData("60", 60)]
    [InlineData("Sat, 31 Jan 2026 18:00:25 GMT", 25)]
    [InlineData("Sat, 31 Jan 2026 17:00:00 GMT", 0)]
    public async Task A_wait_that_the_server_names_is_kept(string retryAfter, int seconds)
    {
        var clock = await Ask(Fault.Status(429, "Retry-After", retryAfter));
        Assert.Equal(seconds == 0 ? [] : [TimeSpan.FromSeconds(seconds)], clock.Waits);
    }

    [Fact]
    public async Task Without_a_word_of_the_server_waits_double_with_jitter()
    {
        var waits = (await Ask(Fault.Status(503), Fault.Status(503), Fault.Status(503))).Waits;

        Assert.Equal(3, waits.Count);
        for (var i = 0; i < 3; i++)
        {
            Assert.InRange(waits[i], TimeSpan.Zero, TimeSpan.FromSeconds(4 << i));
        }

        Assert.Equal(3, waits.Distinct().Count());
    }

    private static async Task<InstantClock> Ask(params Func<Microsoft.AspNetCore.Http.HttpContext, Task>[] faults)
    {
        using var server = new FakeServer();
        server.Fail("X", [.. faults, Fault.Text(200, "good")]);
        var clock = new InstantClock();
        using var http = new HttpGet(clock, Limits);

        Assert.Equal("good"u8.ToArray(), (await http.Get(new($"{server.Url}/X"), TestContext.Current.CancellationToken)).Body);
        return clock;
    }

    /// <summary>A clock on which waits below an hour are over at once, and written down.</summary>
    private sealed class InstantClock : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override DateTimeOffset GetUtcNow() => new(2026, 1, 31, 18, 0, 0, TimeSpan.Zero);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < Limits.Attempt && dueTime >= TimeSpan.Zero)
            {
                Waits.Add(dueTime);
                return base.CreateTimer(callback, state, TimeSpan.Zero, period);
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
