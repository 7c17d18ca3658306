using System.IO.Compression;

namespace Bf.Sources.Files;

/// <summary>
/// Opens the entries of archives. The archive opened last stays open: to read its list of entries anew for each of ten thousand would take minutes.
/// An archive is read by one thread at a time.
/// </summary>
internal static class ZipShelf
{
    [ThreadStatic]
    private static Shelved? _last;

    /// <summary>Opens an entry by its place in the list: two may have one name.</summary>
    public static Stream Open(string path, int entry)
    {
        var file = new FileInfo(path);
        var version = (path, file.LastWriteTimeUtc, file.Length);
        if (_last is not { } shelved || shelved.Version != version)
        {
            _last?.Leave();
            _last = null;
            _last = shelved = new Shelved(ZipFile.OpenRead(path), version);
        }

        var content = shelved.Archive.Entries[entry].Open();
        shelved.Enter();
        return new ArchiveStream(content, shelved.Leave);
    }

    /// <summary>An open archive, closed when neither the shelf nor an entry's reader needs it any longer.</summary>
    private sealed class Shelved(ZipArchive archive, (string Path, DateTime Written, long Length) version)
    {
        private int _users = 1;

        public ZipArchive Archive => archive;

        public (string Path, DateTime Written, long Length) Version => version;

        public void Enter() => Interlocked.Increment(ref _users);

        public void Leave()
        {
            if (Interlocked.Decrement(ref _users) == 0)
            {
                archive.Dispose();
            }
        }
    }
}
