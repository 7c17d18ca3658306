using System.Text;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Tests.Lake.Store;

/// <summary>What a table relies on, whatever its files lie in.</summary>
public abstract class StoreContract : IDisposable
{
    private protected TempFolder Folder { get; } = new();

    /// <summary>A store of the same place each time that it is called in a test.</summary>
    private protected abstract IObjectStore Open();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Folder.Dispose();

    [Fact]
    public void What_is_not_there_reads_as_nothing()
    {
        var store = Open();

        Assert.Null(store.Read("t/a"));
        Assert.Null(store.Look("t/a"));
        Assert.Null(store.ChecksumOf("t/a"));
        Assert.Empty(store.List("t"));
        Assert.Empty(store.Folders(""));
        Assert.Empty(store.Leftovers("t"));
        store.Delete("t/a");
        store.DeleteOlder("t/a", DateTimeOffset.UtcNow);
        store.MakeYoung("t/a", DateTimeOffset.UtcNow);
    }

    [Fact]
    public void What_exists_is_not_created_again()
    {
        var store = Open();

        Assert.True(store.TryCreate("a/b", "one"u8));
        Assert.False(store.TryCreate("a/b", "two"u8));
        Assert.False(Open().TryCreate("a/b", "one"u8)); // the same content is no excuse
        Assert.Equal("one"u8, store.Read("a/b")!);
    }

    [Fact]
    public void Of_many_that_create_one_object_exactly_one_wins_and_its_content_stays()
    {
        for (var round = 0; round < 5; round++)
        {
            var won = new bool[6];
            var stores = Array.ConvertAll(won, _ => Open()); // here, since a test that is skipped on another thread ends the process
            using var start = new Barrier(won.Length);
            var threads = Enumerable.Range(0, won.Length).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                won[i] = stores[i].TryCreate($"log/{round}.json", Encoding.UTF8.GetBytes($"writer {i}"));
            })).ToList();
            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join());

            Assert.Single(won, w => w);
            Assert.Equal($"writer {Array.IndexOf(won, true)}", Encoding.UTF8.GetString(Open().Read($"log/{round}.json")!));
        }
    }

    [Fact]
    public void Put_replaces_and_delete_forgives()
    {
        var store = Open();
        store.Put("x", "one"u8);
        store.Put("x", "two, longer"u8);

        Assert.Equal("two, longer"u8, store.Read("x")!);
        Assert.Equal("two, longer", File.ReadAllText(store.Locate("x")));
        store.Delete("x");
        store.Delete("x");
        Assert.Null(store.Read("x"));
    }

    [Fact]
    public void Listings_come_whole_and_in_order_whatever_a_page_holds()
    {
        var store = Open();
        string[] names = ["Z", "_x", "a", "a b+c%d", "b", "é"];
        foreach (var name in names)
        {
            store.Put($"t/{name}", Encoding.UTF8.GetBytes(name));
            store.Put($"t/f-{name}/x", "1"u8);
        }

        Assert.Equal(names.Select(n => $"t/{n}"), store.List("t").Select(o => o.Path));
        Assert.Equal(names.Select(n => (long)Encoding.UTF8.GetByteCount(n)), store.List("t").Select(o => o.Size));
        Assert.Equal(names.Select(n => $"f-{n}").Order(StringComparer.Ordinal), store.Folders("t"));
        Assert.Equal("a b+c%d", Encoding.UTF8.GetString(store.Read("t/a b+c%d")!));
    }

    [Fact]
    public void What_is_not_published_is_never_seen()
    {
        var store = Open();
        store.Put("t/a", "1"u8);
        File.WriteAllText(store.Stage("t/c.parquet"), "whole");

        Assert.Equal(["t/a"], store.List("t").Select(o => o.Path));
        Assert.Equal(5, store.Publish("t/c.parquet"));
        Assert.Equal(["t/a", "t/c.parquet"], Open().List("t").Select(o => o.Path));
        Assert.Equal("whole", File.ReadAllText(store.Locate("t/c.parquet")));
        Assert.Equal("whole", File.ReadAllText(Open().Locate("t/c.parquet")));
        Assert.Equal("whole", File.ReadAllText(store.LocateAnew("t/c.parquet")));
        Assert.Equal(5, store.Look("t/c.parquet")!.Size);
    }

    [Fact]
    public void A_file_has_the_checksum_of_its_content_and_comes_down_as_it_is()
    {
        var store = Open();
        var content = new byte[100_000];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(store.Stage("t/c.parquet"), content);
        store.Publish("t/c.parquet");
        store.Put("t/d", content);

        store.Download("t/c.parquet", Folder.At("copy"));

        Assert.Equal(content, File.ReadAllBytes(Folder.At("copy")));
        Assert.Equal(Checksum.Of(Folder.At("copy")), store.ChecksumOf("t/c.parquet"));
        Assert.Equal(Checksum.Of(Folder.At("copy")), store.ChecksumOf("t/d"));
    }

    [Fact]
    public void Only_what_is_old_goes()
    {
        var store = Open();
        store.Put("t/a", "1"u8);
        store.DeleteOlder("t/a", DateTimeOffset.UtcNow.AddHours(-1));
        Assert.NotNull(store.Look("t/a"));

        store.MakeYoung("t/a", DateTimeOffset.UtcNow);
        Assert.Equal("1"u8, store.Read("t/a")!);
        store.DeleteOlder("t/a", DateTimeOffset.UtcNow.AddHours(1));
        Assert.Null(store.Look("t/a"));
        Assert.Empty(store.Leftovers("t"));
    }

    [Fact]
    public void An_object_has_one_place()
    {
        var store = Open();

        Assert.Equal(store.PlaceOf("t/a"), Open().PlaceOf("t/a"));
        Assert.Equal(store.PlaceOf("t/a"), store.PlaceOf(store.PlaceOf("t/a")));
        Assert.EndsWith("/t/a", store.PlaceOf("t/a"), StringComparison.Ordinal);
    }
}
