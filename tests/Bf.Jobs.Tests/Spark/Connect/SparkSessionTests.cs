using System.Diagnostics;
using System.Text;
using Bf.Jobs.Query;
using Bf.Jobs.Spark;
using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Tests.Spark.Connect;

/// <summary>The client against a real Spark cluster, where there is one.</summary>
public sealed class SparkSessionTests
{
    // what runs for minutes, in four tasks, if nobody ends it
    private const string Long = "SELECT count(*) FROM (SELECT sha2(CAST(id AS STRING), 512) AS h FROM range(0, 2000000000, 1, 4)) WHERE h < '0000000000'";

    [Fact]
    public void Every_type_comes_as_it_was_kept()
    {
        using var session = Open();
        session.Set(("spark.sql.session.timeZone", "UTC"));

        AllTypes.Check(Assert.Single(session.Query(SparkSql.AllTypes)));
    }

    [Fact]
    public void Millions_of_rows_come_once_each()
    {
        using var session = Open();
        var (rows, sum, batches) = (0L, 0L, 0);
        foreach (var batch in session.Query("SELECT id, CAST(id AS STRING) AS s FROM range(0, 3000000, 1, 3)"))
        {
            (rows, batches) = (rows + batch.Rows, batches + 1);
            foreach (var id in batch.Longs(0))
            {
                sum += id;
            }
        }

        Assert.Equal((3_000_000, 4_499_998_500_000), (rows, sum));
        Assert.True(batches > 100);
    }

    [Fact]
    public void Commands_are_run_once_and_settings_hold()
    {
        using var session = Open();
        session.Set(("spark.sql.shuffle.partitions", "3"), ("bf.test", "ü=;"));
        var table = $"bf_{Guid.NewGuid():N}";

        session.Execute($"CREATE TABLE {table} (a BIGINT) USING parquet");
        session.Execute($"INSERT INTO {table} VALUES (17), (NULL)");
        var batches = session.Query($"SELECT a FROM {table} ORDER BY a NULLS LAST").ToList();
        session.Execute($"DROP TABLE {table}");

        Assert.Equal(["17", "?"], batches.SelectMany(b => Enumerable.Range(0, b.Rows).Select(r => b.IsNull(0, r) ? "?" : $"{b.Longs(0)[r]}")));
        Assert.Equal(("3", "ü=;", null), (session.Get("spark.sql.shuffle.partitions"), session.Get("bf.test"), session.Get("bf.no-such-setting")));
        Assert.StartsWith("4.", session.Version, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_that_was_uploaded_is_what_transform_runs()
    {
        using var session = Open();
        // longer than one chunk, so that each must arrive in its place
        var script = $"#!/bin/bash\n# {new string('x', 600_000)}\nwhile IFS=$'\\t' read -r a b; do printf '%s\\t%s\\n' \"$b\" $((a * 2)); done\n";
        using var content = new MemoryStream(Encoding.ASCII.GetBytes(script));

        var path = session.Upload("double-9f3a.sh", content);
        var rows = session.Query($"""
            SELECT TRANSFORM(id, s) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' USING '{path}' AS (s STRING, d BIGINT) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
            FROM (SELECT id, concat('n', id) AS s FROM range(0, 1000, 1, 2))
            """).ToList();

        Assert.Equal($"./{session.ServerSideId}/double-9f3a.sh", path);
        Assert.Equal((1000, 999_000), (rows.Sum(b => b.Rows), rows.Sum(b => b.Longs(b.Column("d")).ToArray().Sum())));
    }

    [Fact]
    public void An_error_has_sparks_class_state_and_message_whole()
    {
        using var session = Open();

        var missing = Assert.Throws<SparkException>(() => session.Query("SELECT * FROM no_such_table").Count());
        var divided = Assert.Throws<SparkException>(() => session.Query("SELECT sum(1 / (id - 5)) FROM range(10)").Count());
        var lengthy = Assert.Throws<SparkException>(() => session.Query($"SELECT raise_error(repeat('long ', 5000))").Count());

        Assert.Equal(("TABLE_OR_VIEW_NOT_FOUND", "42P01"), (missing.ErrorClass, missing.SqlState));
        Assert.Equal(("DIVIDE_BY_ZERO", "22012"), (divided.ErrorClass, divided.SqlState));
        Assert.DoesNotContain("\tat ", divided.Message, StringComparison.Ordinal);
        Assert.Equal("USER_RAISED_EXCEPTION", lengthy.ErrorClass);
        Assert.True(lengthy.Message.Length > 25_000);
    }

    [Fact]
    public void A_script_that_fails_says_why_in_its_own_words()
    {
        using var session = Open();

        var failed = Assert.Throws<SparkException>(() => session.Query("SELECT TRANSFORM(id) USING 'cat >/dev/null; echo \"worker: line 7 is no bar\" >&2; exit 3' AS (a STRING) FROM range(10)").Count());

        Assert.Contains("worker: line 7 is no bar", failed.Message, StringComparison.Ordinal);
        Assert.Contains("status 3", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\tat ", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_runs_is_told_and_ended_from_another_thread()
    {
        using var session = Open();
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = new SparkWatch(w =>
        {
            if (w.RunningTasks > 0)
            {
                running.TrySetResult();
            }
        });
        var query = Task.Run(() => session.Query(Long, watch).Count());
        await running.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var clock = Stopwatch.StartNew();

        session.Interrupt();

        Assert.Equal("OPERATION_CANCELED", (await Assert.ThrowsAsync<SparkException>(() => query)).ErrorClass);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"ended after {clock.Elapsed}");
        Assert.NotEmpty(watch.Stages);
        Assert.True(Guid.TryParse(watch.OperationId, out _));
        Assert.Single(session.Query("SELECT 1"));
    }

    [Fact]
    public void Cancelling_ends_what_runs_on_the_cluster()
    {
        using var session = Open();
        using var cancel = new CancellationTokenSource();
        var watch = new SparkWatch(w =>
        {
            if (w.RunningTasks > 0)
            {
                cancel.Cancel();
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(() => session.Query(Long, watch, cancel.Token).Count());

        // two cores: were it running still, this would wait for minutes
        var clock = Stopwatch.StartNew();
        Assert.Equal(8, session.Query("SELECT id FROM range(0, 8, 1, 4)").Sum(b => b.Rows));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"the next query took {clock.Elapsed}");
    }

    [Fact]
    public void A_connection_cut_in_the_middle_loses_no_row_and_repeats_none()
    {
        using var proxy = new TcpProxy(SparkAddress.Parse(Stack.Shared("spark").Settings["SPARK_REMOTE"]));
        using var session = SparkSession.Open(proxy.Address);
        var next = 0L;
        foreach (var batch in session.Query("SELECT id FROM range(0, 3000000, 1, 16)")) // a batch for each of 16 partitions: one that comes while there is no connection to cut is made up for by a later one
        {
            foreach (var id in batch.Longs(0))
            {
                Assert.Equal(next++, id);
            }

            if (next / 250_000 > proxy.Cuts)
            {
                proxy.Cut();
            }
        }

        Assert.Equal(3_000_000, next);
        Assert.True(proxy.Cuts >= 5, $"{proxy.Cuts} cuts");
        proxy.Cut();
        Assert.NotNull(session.Get("spark.app.name"));
    }

    [Fact]
    public void A_command_is_done_once_though_its_connection_is_cut()
    {
        using var proxy = new TcpProxy(SparkAddress.Parse(Stack.Shared("spark").Settings["SPARK_REMOTE"]));
        using var session = SparkSession.Open(proxy.Address);
        var table = $"bf_{Guid.NewGuid():N}";
        session.Execute($"CREATE TABLE {table} (a BIGINT) USING parquet");
        var watch = new SparkWatch(w =>
        {
            if (w.Stages.Count > 0 || proxy.Cuts == 0) // once before the statement is sent, and then at all news: one that is cut each time it is sent never arrives
            {
                proxy.Cut();
            }
        });

        session.Execute($"INSERT INTO {table} SELECT id FROM range(0, 1000000, 1, 2) WHERE sha2(CAST(id AS STRING), 512) > '0'", watch);

        var cuts = proxy.Cuts;
        Assert.Equal(1_000_000, Assert.Single(session.Query($"SELECT count(*) AS n FROM {table}")).Longs(0)[0]);
        session.Execute($"DROP TABLE {table}");
        Assert.True(cuts > 0);
    }

    [Fact]
    public void Rows_are_shown_as_bf_query_shows_them()
    {
        var sink = new TextSink();

        SparkQueryJob.Run(Stack.Shared("spark").Settings["SPARK_REMOTE"], SparkSql.AllTypes, sink, null, CancellationToken.None);

        Assert.Equal(
            [
                "1|true|7|300|-5|9000000000|1.5|0.1|Zürich|\\x00ff|2024-02-29|2024-02-29T12:34:56.789012Z|1969-12-31T23:59:59.999999|?",
                "2|?|?|?|?|?|?|?|?|?|?|?|?|?",
                "3|false|-128|32767|-2147483648|9223372036854775807|NaN|-Infinity||\\x|1969-12-31|1970-01-01T00:00:00Z|2000-01-01T00:00:00|?",
            ], sink.Rows);
        Assert.Equal((3, CellKind.Truth), (sink.Ended, sink.Kinds[1]));
    }

    private static SparkSession Open() => SparkSession.Open(SparkAddress.Parse(Stack.Shared("spark").Settings["SPARK_REMOTE"]));
}
