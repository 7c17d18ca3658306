using Bf.Core.Market;
using Bf.Jobs.Import;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Store.S3;
using Bf.Jobs.Maintenance;
using Bf.Jobs.Tests.Lake.Store;
using Bf.Jobs.Transfer;

namespace Bf.Jobs.Tests.Transfer;

public sealed class LakeCopyTests : IDisposable
{
    private readonly TestLake _lake = new();
    private readonly FakeS3 _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _lake.Dispose();
    }

    private DataLake Bucket() => DataLake.Of(new S3Store(new("bucket", "lake"), _server.Settings(_lake.At("cache"))), _lake.Clock);

    private DataLake Folder(string name) => DataLake.Open(_lake.At(name), _lake.Clock);

    private static void AssertSound(DataLake lake) => Assert.All(TableCheck.Run(lake, []), t => Assert.Empty(t.Findings));

    private void ImportDays(int days)
    {
        foreach (var (i, day) in Market.Random(3, 20).GroupBy(b => b.Ts).Index().Where(d => d.Index < days))
        {
            _lake.ImportText(Market.Csv(day), $"{i}.csv");
        }
    }

    [Fact]
    public void A_lake_goes_into_a_bucket_and_comes_back_the_same_with_its_history()
    {
        ImportDays(12); // a checkpoint is among them

        var pushed = LakeCopy.Run(_lake.Lake, Bucket(), []);
        LakeCopy.Run(Bucket(), Folder("back"), []);

        Assert.Equal(["bars_1d", "runs"], pushed.Select(t => t.Table));
        Assert.All(pushed, t => Assert.True(t.Files > 0 && t.Gone == 0 && t.From == -1));
        AssertSound(Bucket());
        AssertSound(Folder("back"));
        Assert.Equal(Names("lake"), Names("back"));
        Assert.Equal(_lake.Lake.Bars(Interval.Day).Load(3).Files.Select(f => f.Path), Folder("back").Bars(Interval.Day).Load(3).Files.Select(f => f.Path));
    }

    [Fact]
    public void Only_what_is_new_is_copied_and_a_table_that_is_ahead_is_left_alone()
    {
        ImportDays(2);
        LakeCopy.Run(_lake.Lake, Bucket(), []);
        var again = LakeCopy.Run(_lake.Lake, Bucket(), []);
        _lake.ImportText("date,symbol,open,high,low,close,volume\n2024-06-03,NEW,1,2,1,2,5\n");
        var more = LakeCopy.Run(_lake.Lake, Bucket(), ["bars_1d"]);
        LakeCopy.Run(Bucket(), Folder("back"), ["bars_1d"]);
        Import(Folder("back"), "date,symbol,open,high,low,close,volume\n2024-06-04,NEW,1,2,1,2,5\n");

        Assert.All(again, t => Assert.Equal((0, t.From), (t.Files, t.To)));
        Assert.Equal(1, Assert.Single(more).Files);
        Assert.Equal(1, Assert.Single(LakeCopy.Run(Bucket(), Folder("back"), ["bars_1d"])).Ahead);
    }

    [Fact]
    public void A_copy_that_was_interrupted_goes_on_and_what_there_is_until_then_is_whole()
    {
        ImportDays(5);
        var steps = 0;
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => LakeCopy.Run(_lake.Lake, Bucket(), ["bars_1d"], (_, _, _) =>
        {
            if (++steps == 4)
            {
                stop.Cancel();
            }
        }, stop.Token));
        Assert.False(Bucket().Bars(Interval.Day).Load().Exists); // files without entries are no table

        var rest = Assert.Single(LakeCopy.Run(_lake.Lake, Bucket(), ["bars_1d"]));

        Assert.True(rest.Skipped >= 3, $"{rest}");
        AssertSound(Bucket());
    }

    [Fact]
    public void A_file_of_the_same_length_with_other_bytes_is_copied_anew()
    {
        ImportDays(1);
        var file = Assert.Single(_lake.Lake.Bars(Interval.Day).Load().Files);
        Bucket().Store.Put($"bars_1d/{file.Path}", new byte[file.Size]);

        var copied = Assert.Single(LakeCopy.Run(_lake.Lake, Bucket(), ["bars_1d"]));

        Assert.Equal((1, 0), (copied.Files, copied.Skipped));
        AssertSound(Bucket());
    }

    [Fact]
    public void A_table_that_went_another_way_is_never_written()
    {
        ImportDays(1);
        Import(Bucket(), "date,symbol,open,high,low,close,volume\n2024-06-04,OTHER,1,2,1,2,5\n");
        var before = _server.Objects.Keys.Order(StringComparer.Ordinal).ToList();

        Assert.Contains("went another way", Assert.Throws<JobException>(() => LakeCopy.Run(_lake.Lake, Bucket(), [])).Message);
        Assert.Equal(before, _server.Objects.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_damaged_file_is_not_spread()
    {
        ImportDays(1);
        var file = _lake.At("lake", "bars_1d", Assert.Single(_lake.Lake.Bars(Interval.Day).Load().Files).Path);
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);

        Assert.Contains("other bytes than were written", Assert.Throws<JobException>(() => LakeCopy.Run(_lake.Lake, Bucket(), ["bars_1d"])).Message);
        Assert.False(Bucket().Bars(Interval.Day).Load().Exists);
    }

    private void Import(DataLake lake, string text) => ImportJob.Run(lake, new([_lake.Write($"{Guid.NewGuid():N}.csv", text)], null, null, Interval.Day), "test");

    private List<string> Names(string lake) =>
        [.. Directory.EnumerateFiles(_lake.At(lake), "*", SearchOption.AllDirectories).Select(f => System.IO.Path.GetRelativePath(_lake.At(lake), f)).Order(StringComparer.Ordinal)];
}
