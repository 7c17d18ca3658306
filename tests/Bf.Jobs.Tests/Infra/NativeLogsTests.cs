using Bf.Jobs.Infra;
using Bf.Jobs.Infra.Native;

namespace Bf.Jobs.Tests.Infra;

public sealed class NativeLogsTests
{
    [Fact]
    public void Several_logs_have_the_services_name_before_each_line()
    {
        using var folder = new TempFolder();
        (string, string)[] logs = [("minio", folder.Write("minio.log", "a\nb\n")), ("kafka", folder.Write("kafka.log", "c\nd\nhalf"))];

        Assert.Equal(["minio | b", "kafka | half"], Lines(logs, new(false, null, 1)));
        Assert.Equal(["a", "b"], Lines(logs[..1], new(false, null, null)));
    }

    [Fact]
    public void Only_what_is_younger_is_shown_and_a_line_without_a_time_is_as_old_as_the_one_before()
    {
        using var folder = new TempFolder();
        var log = folder.Write("x.log", """
            [2026-01-31 10:00:00,123] INFO old
                at old.line
            26/01/31 17:55:00 INFO spark
                at new.line
            [2026-01-31T17:56:00,000][INFO ] elasticsearch
            --- bf starts minio at 2026-01-31T17:57:00Z
            minio

            """);

        Assert.Equal(5, Lines([("x", log)], new(false, TimeSpan.FromMinutes(10), null)).Count);
        Assert.Equal("minio", Lines([("x", log)], new(false, TimeSpan.FromMinutes(10), 1))[0]);
    }

    [Fact]
    public void Of_a_log_of_gigabytes_the_end_is_read()
    {
        using var folder = new TempFolder();
        var log = folder.Write("x.log", "");
        using (var file = File.OpenWrite(log))
        {
            file.SetLength(3L << 30); // a hole takes no room
        }

        File.AppendAllText(log, "\nlast\n");

        Assert.Equal(["last"], Lines([("x", log)], new(false, null, 1)));
        Assert.StartsWith("... 3008 MB before this are left out", Lines([("x", log)], new(false, null, null))[0]);
    }

    [Fact]
    public async Task Following_goes_on_after_a_log_was_cut_and_ends_without_an_error()
    {
        using var folder = new TempFolder();
        var log = folder.Write("x.log", "one\ntwo\n");
        using var end = new CancellationTokenSource();
        using var output = new StringWriter();
        var following = Task.Run(() => new NativeLogs(TextWriter.Synchronized(output), TimeProvider.System).Write([("x", log)], new(true, null, null), end.Token));

        await Until("two\n");
        File.WriteAllText(log, "cut\n");
        await Until("cut\n");
        File.AppendAllText(log, "half");
        File.AppendAllText(log, " whole\n");
        await Until("half whole\n");
        await end.CancelAsync();
        await following;

        Assert.Equal("one\ntwo\ncut\nhalf whole\n", output.ToString());

        async Task Until(string ending)
        {
            for (var i = 0; i < 400 && !output.ToString().EndsWith(ending, StringComparison.Ordinal); i++)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }

    private static List<string> Lines((string, string)[] logs, LogChoice choice)
    {
        using var output = new StringWriter();
        new NativeLogs(output, new UtcClock()).Write(logs, choice, CancellationToken.None);
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private sealed class UtcClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 31, 18, 0, 0, TimeSpan.Zero);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }
}
