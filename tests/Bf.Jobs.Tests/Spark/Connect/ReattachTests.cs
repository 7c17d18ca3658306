using System.Diagnostics;
using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Tests.Spark.Connect;

public sealed class ReattachTests
{
    private static readonly ReattachTimes Quick = new()
    {
        Silence = TimeSpan.FromMilliseconds(150), Probe = TimeSpan.FromSeconds(1), LongSilence = TimeSpan.FromMilliseconds(400),
        Patience = TimeSpan.FromMilliseconds(500), Longest = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromMilliseconds(1),
    };

    [Fact]
    public void A_stream_that_the_server_ends_is_gone_on_with()
    {
        using var server = new FakeConnect(7, new End(3, Ending.Whole), new End(0, Ending.Whole), new End(2, Ending.Whole));

        Assert.Equal(21, Rows(server));
        Assert.Equal(["ExecutePlan", "ReattachExecute r2", "ReattachExecute r2", "ReattachExecute r4", "ReleaseExecute"], server.Calls.Where(IsOfExecution));
    }

    [Fact]
    public void A_lost_connection_loses_no_batch_and_repeats_none()
    {
        using var server = new FakeConnect(7, new End(2, Ending.Lost), new End(3, Ending.LostInMessage));

        Assert.Equal(21, Rows(server));
        // what had arrived when a connection broke may have been read or not: the server is told which
        Assert.Matches("^ExecutePlan ReattachExecute (r[01])? ReattachExecute (r[0-4])? ReleaseExecute$", string.Join(' ', server.Calls.Where(IsOfExecution)));
    }

    [Fact]
    public void A_statement_that_never_arrived_is_sent_again()
    {
        using var server = new FakeConnect(2, new End(0, Ending.Lost), new End(0, Ending.Error, 13, "INVALID_HANDLE.OPERATION_NOT_FOUND"));

        Assert.Equal(6, Rows(server));
        Assert.Equal(["ExecutePlan", "ReattachExecute ", "ExecutePlan", "ReleaseExecute"], server.Calls.Where(IsOfExecution));
    }

    [Fact]
    public void A_statement_that_arrived_late_is_attached_to()
    {
        using var server = new FakeConnect(
            2, new End(0, Ending.Lost), new End(0, Ending.Error, 13, "INVALID_HANDLE.OPERATION_NOT_FOUND"), new End(0, Ending.Error, 13, "INVALID_HANDLE.OPERATION_ALREADY_EXISTS"),
            new End(0, Ending.Error, 13, "INVALID_CURSOR.DISCONNECTED"), new End(0, Ending.Error, 14));

        Assert.Equal(6, Rows(server));
    }

    [Fact]
    public void An_operation_that_the_server_forgot_after_answers_is_an_error()
    {
        using var server = new FakeConnect(4, new End(1, Ending.Whole), new End(0, Ending.Error, 13, "INVALID_HANDLE.OPERATION_NOT_FOUND"));

        Assert.Equal("INVALID_HANDLE.OPERATION_NOT_FOUND", Assert.Throws<SparkException>(() => Rows(server)).ErrorClass);
    }

    [Fact]
    public void Silence_makes_it_ask_and_a_long_one_attach_again()
    {
        using var server = new FakeConnect(3, new End(2, Ending.Silence));

        Assert.Equal(9, Rows(server));
        Assert.Equal(["ExecutePlan", "ReattachExecute r1", "ReleaseExecute"], server.Calls.Where(IsOfExecution));
    }

    [Fact]
    public void A_server_that_falls_silent_is_down_after_a_limited_time()
    {
        using var server = new FakeConnect(3, new End(2, Ending.Silence));
        using var session = SparkSession.Open(server.Address, Quick);
        var rows = 0;

        var down = Assert.Throws<ServiceDownException>(() =>
        {
            foreach (var batch in session.Query("SELECT 1"))
            {
                rows += batch.Rows;
                server.IsSilent = true;
            }
        });

        server.IsSilent = false;
        Assert.Equal(6, rows);
        Assert.Contains($"no Spark Connect server answers at {server.Address}", down.Message, StringComparison.Ordinal);
        Assert.Contains("set SPARK_REMOTE", down.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_ends_every_stream_at_once_is_not_asked_forever()
    {
        using var server = new FakeConnect(3, [.. Enumerable.Repeat(new End(0, Ending.Whole), 100)]);

        Assert.Throws<ServiceDownException>(() => Rows(server));
    }

    [Fact]
    public void A_server_that_was_started_anew_says_so_and_is_not_asked_again()
    {
        using var server = new FakeConnect(3, new End(1, Ending.Lost));
        using var session = SparkSession.Open(server.Address, Quick);
        server.KnowsSession = false;

        var lost = Assert.Throws<SparkException>(() => session.Execute("INSERT"));

        Assert.Equal("INVALID_HANDLE.SESSION_CHANGED", lost.ErrorClass);
        Assert.Contains("it was started anew", lost.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Calls, c => c.StartsWith("Reattach", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_stops_reading_ends_the_statement_on_the_server()
    {
        using var server = new FakeConnect(50, new End(2, Ending.Silence));
        using var session = SparkSession.Open(server.Address, Quick);

        Assert.Equal(3, session.Query("SELECT 1").First().Rows);

        Assert.Equal(["ExecutePlan", "Interrupt", "ReleaseExecute"], server.Calls);
    }

    [Fact]
    public void Cancelling_ends_it_there_too_and_here_at_once()
    {
        using var server = new FakeConnect(3, new End(0, Ending.Silence));
        using var session = SparkSession.Open(server.Address);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var clock = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() => session.Execute("INSERT", null, cancel.Token));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0.1, 5);
        Assert.Equal(["ExecutePlan", "Interrupt", "ReleaseExecute"], server.Calls);
    }

    [Fact]
    public void What_is_read_is_released_while_reading()
    {
        using var server = new FakeConnect(20_000);
        using var session = SparkSession.Open(server.Address, Quick);

        Assert.Equal(60_000, session.Query("SELECT 1").Sum(b => b.Rows));

        Assert.Contains(server.Calls, c => c.StartsWith("ReleaseExecute r", StringComparison.Ordinal));
        Assert.Equal("ReleaseExecute", server.Calls.Last());
    }

    private static bool IsOfExecution(string call) => call != "ReleaseSession" && !call.StartsWith("ReleaseExecute ", StringComparison.Ordinal);

    private static int Rows(FakeConnect server)
    {
        using var session = SparkSession.Open(server.Address, Quick);
        return session.Query("SELECT 1").Sum(b => b.Rows);
    }
}
