using System.Text;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Tests.Lake;

public sealed class LocalStoreTests
{
    [Fact]
    public void Of_many_that_create_one_object_exactly_one_wins_and_its_content_stays()
    {
        using var folder = new TempFolder();
        var store = new LocalStore(folder.Path);
        for (var round = 0; round < 20; round++)
        {
            var won = new bool[8];
            using var start = new Barrier(won.Length);
            var threads = Enumerable.Range(0, won.Length).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                won[i] = store.TryCreate($"log/{round}.json", Encoding.UTF8.GetBytes($"writer {i}"));
            })).ToList();
            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join());

            Assert.Single(won, w => w);
            Assert.Equal($"writer {Array.IndexOf(won, true)}", Encoding.UTF8.GetString(store.Read($"log/{round}.json")!));
        }

        Assert.Equal(20, Directory.EnumerateFiles(folder.At("log")).Count()); // no temporary file stays
    }

    [Fact]
    public void What_is_not_whole_yet_is_never_listed()
    {
        using var folder = new TempFolder();
        var store = new LocalStore(folder.Path);
        store.Put("t/b", "2"u8);
        store.Put("t/a", "1"u8);
        File.WriteAllText(store.Stage("t/c.parquet"), "half");
        File.WriteAllText(TemporaryFile.Beside(folder.At("t", "d.json")), "half");
        Directory.CreateDirectory(folder.At("t", "_delta_log"));

        Assert.Equal(["t/a", "t/b"], store.List("t").Select(o => o.Path));
        Assert.Equal([1, 1], store.List("t").Select(o => (int)o.Size));
        Assert.Equal(["_delta_log"], store.Folders("t"));

        Assert.Equal(4, store.Publish("t/c.parquet"));
        Assert.Equal(["t/a", "t/b", "t/c.parquet"], store.List("t").Select(o => o.Path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_empty_and_stays_away()
    {
        using var folder = new TempFolder();
        var store = new LocalStore(folder.At("lake"));

        Assert.Empty(store.List("t"));
        Assert.Empty(store.Folders(""));
        Assert.False(Directory.Exists(folder.At("lake")));
    }

    [Fact]
    public async Task Files_that_vanish_while_a_folder_is_listed_are_passed_over()
    {
        using var folder = new TempFolder();
        var store = new LocalStore(folder.Path);
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                store.TryCreate($"t/{i % 50}.json", "{}"u8);
                store.Delete($"t/{i % 50}.json");
            }
        }, TestContext.Current.CancellationToken);
        try
        {
            for (var i = 0; i < 3000; i++)
            {
                store.Leftovers("t");
                store.List("t");
            }
        }
        finally
        {
            await stop.CancelAsync();
            await writer;
        }
    }
}
