using System.Diagnostics;
using Bf.Core.Market;
using Bf.Jobs.Import;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Store.S3;

namespace Bf.Jobs.Tests.Lake.Store;

/// <summary>What stores and networks do to a lake in a bucket.</summary>
public sealed class S3FaultTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeS3 _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    private S3Store Open() => new(new("bucket", "lake"), _server.Settings(_folder.At("cache")));

    private S3Store Open(Func<S3Settings, S3Settings> change) => new(new("bucket", "lake"), change(_server.Settings(_folder.At("cache"))));

    [Fact]
    public void A_creation_whose_answer_was_lost_is_known_for_ones_own()
    {
        var store = Open();
        store.Put("x", "1"u8); // the store has been found fit
        _server.Next(FakeS3.LoseAnswer);

        Assert.True(store.TryCreate("log/0.json", "mine"u8));
        Assert.Equal("mine"u8, store.Read("log/0.json")!);
        Assert.Equal(2, _server.Requests.Count(r => r.StartsWith("PUT /bucket/lake/log/0.json", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_conflict_under_way_and_a_busy_store_are_tried_again()
    {
        var store = Open();
        store.Put("x", "1"u8);
        _server.Next(FakeS3.Error(409, "ConditionalRequestConflict"), FakeS3.Error(503, "SlowDown"), FakeS3.Error(500, "InternalError"));

        Assert.True(store.TryCreate("log/0.json", "mine"u8));
    }

    [Fact]
    public void A_store_without_conditional_writes_is_read_and_not_written()
    {
        Open().TryCreate("t/a", "1"u8);
        _server.Objects.TryRemove($"bucket/lake/{ConditionalWrites.Mark}", out _);
        _server.IsConditional = false;
        var store = Open();

        Assert.Equal("1"u8, store.Read("t/a")!);
        Assert.Contains("does not know conditional writes", Assert.Throws<JobException>(() => store.TryCreate("t/b", "2"u8)).Message);
        Assert.Contains("two writers at once could lose each other's rows", Assert.Throws<JobException>(() => Open().Put("t/b", "2"u8)).Message);
        File.WriteAllText(store.Stage("t/c"), "3");
        Assert.Throws<JobException>(() => store.Publish("t/c"));
        Assert.Equal(["t/a"], store.List("t").Select(o => o.Path));
        Assert.DoesNotContain(_server.Objects.Keys, k => k.Contains("_bf/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_store_that_refuses_the_header_is_not_written()
    {
        Open(s => s).List("");
        _server.Objects["bucket/"] = ([], [], DateTimeOffset.UtcNow);
        var store = Open();
        _server.Next((_, answer) => answer(), FakeS3.Error(501, "NotImplemented")); // the look for the mark, the try

        Assert.Contains("501 NotImplemented", Assert.Throws<JobException>(() => store.TryCreate("t/b", "2"u8)).Message);
    }

    [Fact]
    public void That_a_store_is_fit_is_found_out_once()
    {
        Open().TryCreate("t/a", "1"u8);
        _server.Requests.Clear();

        Open().TryCreate("t/b", "2"u8);

        Assert.Equal(2, _server.Requests.Count); // the mark and the object
    }

    [Fact]
    public void A_store_that_is_not_there_is_down_at_once_and_named_with_its_setting()
    {
        var settings = _server.Settings(_folder.At("cache"));
        _server.Dispose();
        var start = Stopwatch.GetTimestamp();

        var e = Assert.Throws<ServiceDownException>(() => new S3Store(new("bucket", ""), settings).List("t"));

        Assert.Contains(_server.Url, e.Message);
        Assert.Contains("MINIO_ENDPOINT", e.Message);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_store_that_falls_silent_is_down_and_what_follows_does_not_wait_again()
    {
        var store = Open(s => s with { Silence = TimeSpan.FromSeconds(1) });
        store.Put("x", "1"u8);
        _server.Next(FakeS3.KeepSilent, FakeS3.KeepSilent, FakeS3.KeepSilent);

        Assert.Contains("no byte came for 1 s", Assert.Throws<ServiceDownException>(() => store.Read("x")).Message);
        var start = Stopwatch.GetTimestamp();
        Assert.Throws<ServiceDownException>(() => store.Delete("x"));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(900));
    }

    [Fact]
    public void Files_of_a_commit_whose_fate_is_unknown_stay()
    {
        using var t = new TempFolder();
        var file = t.Write("a.csv", Market.Csv(Market.Random(1, 5)));
        var store = Open(s => s with { Silence = TimeSpan.FromSeconds(1) });
        var lake = DataLake.Of(store);
        ImportJob.Run(lake, new([file], null, null, Interval.Day), "test");
        var more = t.Write("b.csv", Market.Csv(Market.Random(2, 6)));
        _server.Only = "00000000000000000001.json";
        _server.Next(async (call, answer) =>
        {
            await FakeS3.LoseAnswer(call, answer); // it comes about, and then the store is gone
            _server.IsGone = true;
        });

        Assert.Throws<ServiceDownException>(() => ImportJob.Run(lake, new([more], null, null, Interval.Day), "test"));

        _server.IsGone = false;
        var again = DataLake.Of(Open());
        Assert.All(Jobs.Maintenance.TableCheck.Run(again, ["bars_1d"]), r => Assert.DoesNotContain(r.Findings, f => !f.Harmless));
        Assert.Equal(1, again.Bars(Interval.Day).Load().Version);
    }

    [Fact]
    public void A_wrong_key_is_told_with_its_setting_and_never_shown()
    {
        var right = Minio.Settings(_folder.At("cache"));
        var user = Assert.Throws<JobException>(() => new S3Store(new("bucket", ""), right with { AccessKey = "nobody-at-all" }).List("t"));
        var secret = Assert.Throws<JobException>(() => new S3Store(new("bucket", ""), right with { SecretKey = "wrong-secret" }).List("t"));

        Assert.Contains("MINIO_ACCESS_KEY", user.Message);
        Assert.Contains("MINIO_SECRET_KEY", secret.Message);
        Assert.DoesNotContain("wrong-secret", secret.Message);
        Assert.DoesNotContain("nobody-at-all", user.Message);
    }

    [Fact]
    public void A_large_file_goes_in_parts_and_comes_back_whole()
    {
        var store = new S3Store(new($"parts-{Guid.NewGuid():N}", ""), Minio.Settings(_folder.At("cache")) with { PartSize = 5 << 20 });
        var content = new byte[12_345_678];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(store.Stage("t/large.bin"), content);

        Assert.Equal(content.Length, store.Publish("t/large.bin"));
        store.Download("t/large.bin", _folder.At("copy"));
        Assert.Equal(content, File.ReadAllBytes(_folder.At("copy")));
        Assert.Equal(Jobs.Lake.Delta.Checksum.Of(_folder.At("copy")), store.ChecksumOf("t/large.bin"));
    }
}
