using Bf.Jobs.Lake.Store.S3;

namespace Bf.Jobs.Tests.Lake.Store;

public sealed class FileCacheTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private FileCache Open(long bound = 1 << 20) => new(_folder.Path, bound, TimeProvider.System);

    private static Action<string> Bytes(int count) => part => File.WriteAllBytes(part, new byte[count]);

    [Fact]
    public void What_was_fetched_is_not_fetched_again()
    {
        var path = Open().Get("a", 10, Bytes(10));

        Assert.Equal(path, Open().Get("a", 10, _ => Assert.Fail("fetched twice")));
    }

    [Fact]
    public void What_came_short_is_never_seen()
    {
        Assert.Throws<IOException>(() => Open().Get("a", 10, Bytes(9)));
        Assert.Throws<InvalidOperationException>(() => Open().Get("a", 10, part =>
        {
            File.WriteAllBytes(part, new byte[10]);
            throw new InvalidOperationException("in the middle");
        }));

        Assert.False(File.Exists(_folder.At("objects", "a")));
    }

    [Fact]
    public void A_copy_that_was_cut_is_fetched_anew()
    {
        var path = Path.Combine(_folder.Path, "objects", "a");
        Directory.CreateDirectory(_folder.At("objects"));
        File.WriteAllText(path, "half");

        Assert.Equal(10, new FileInfo(Open().Get("a", 10, Bytes(10))).Length);
    }

    [Fact]
    public void Too_many_bytes_push_out_what_was_used_longest_ago_but_nothing_in_use()
    {
        Directory.CreateDirectory(_folder.At("objects"));
        foreach (var (i, name) in new[] { "old", "older", "oldest" }.Index())
        {
            File.WriteAllBytes(_folder.At("objects", name), new byte[100]);
            File.SetLastWriteTimeUtc(_folder.At("objects", name), DateTime.UtcNow.AddDays(-1 - i));
        }

        var other = Open();
        File.SetLastWriteTimeUtc(other.Get("oldest", 100, Bytes(100)), DateTime.UtcNow.AddDays(-9)); // in use, however long ago it was asked for
        Open(bound: 320).Get("new", 100, Bytes(100));

        Assert.Equal(["new", "oldest"], Directory.EnumerateFiles(_folder.At("objects")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_killed_process_was_writing_goes_with_the_next()
    {
        var left = _folder.At("work", "dead", "x.parquet.writing");
        Directory.CreateDirectory(Path.GetDirectoryName(left)!);
        File.WriteAllText(left, "half");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(left)!, ".lock"), "");
        var living = Open();
        var work = living.Work("y.parquet");
        File.WriteAllText(work, "at work");

        Open().Work("z.parquet");

        Assert.False(File.Exists(left));
        Assert.True(File.Exists(work));
    }

    [Fact]
    public void Many_that_fetch_one_file_at_once_all_get_it_whole()
    {
        var lengths = new long[8];
        Parallel.For(0, lengths.Length, i => lengths[i] = new FileInfo(Open(bound: 1000).Get($"{i % 2}", 700, Bytes(700))).Length);

        Assert.All(lengths, l => Assert.Equal(700, l));
    }
}
