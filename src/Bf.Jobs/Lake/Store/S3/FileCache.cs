using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Bf.Jobs.Lake.Store.S3;

/// <summary>
/// Local copies of objects, by name and content, of all processes of a user. A copy appears whole or not at all; a process that uses one holds it
/// open, and the ones used least recently that nobody holds go first when there are too many bytes.
/// </summary>
/// <param name="folder">Where they lie.</param>
/// <param name="bound">How many bytes may stay.</param>
/// <param name="clock">The time: it says which was used last.</param>
internal sealed class FileCache(string folder, long bound, TimeProvider clock)
{
    private readonly string _objects = Path.Combine(folder, "objects");
    private readonly ConcurrentDictionary<string, SafeFileHandle> _held = new(StringComparer.Ordinal);
    private readonly Gate _entrance = new(folder, clock);
    private readonly Lock _gate = new();
    private Workshop? _workshop;
    private long _bytes = -1;

    /// <summary>A new name for a file that is being written, in a folder of this process.</summary>
    public string Work(string name)
    {
        lock (_gate)
        {
            return (_workshop ??= Workshop.Open(folder, _entrance)).NewFile(name);
        }
    }

    /// <summary>The copy of a name, held until the process ends.</summary>
    /// <param name="name">The copy's name, which says its content too.</param>
    /// <param name="size">Its length.</param>
    /// <param name="fetch">Writes it to a file, when it is not there.</param>
    /// <exception cref="IOException">What was fetched has another length.</exception>
    public string Get(string name, long size, Action<string> fetch)
    {
        if (TryHold(name, size))
        {
            return At(name);
        }

        var part = Work(name);
        try
        {
            fetch(part);
            var length = new FileInfo(part).Length;
            return length == size ? Keep(part, name) : throw new IOException($"{name} came with {length} bytes of {size}");
        }
        finally
        {
            File.Delete(part); // it has moved, unless something failed or another process was first
        }
    }

    /// <summary>Takes a file that was written in <see cref="Work"/> as the copy of a name, in place of one that has other bytes.</summary>
    public string Keep(string part, string name, bool anew = false)
    {
        using (_entrance.Close())
        {
            Directory.CreateDirectory(_objects);
            if (!File.Exists(At(name)) || new FileInfo(At(name)).Length != new FileInfo(part).Length || (anew && Delta.Checksum.Of(part) != Delta.Checksum.Of(At(name))))
            {
                Release(name);
                File.Move(part, At(name), overwrite: true);
            }
        }

        var size = new FileInfo(At(name)).Length;
        TryHold(name, size);
        Bound(size);
        return At(name);
    }

    /// <summary>Forgets a copy.</summary>
    public void Drop(string name)
    {
        Release(name);
        using (_entrance.Close())
        {
            TryDelete(At(name));
        }
    }

    private string At(string name) => Path.Combine(_objects, name);

    private bool TryHold(string name, long size)
    {
        if (_held.ContainsKey(name))
        {
            return true;
        }

        // with the gate shut nobody takes a file away between its opening and its lock
        using (_entrance.Pass())
        {
            try
            {
                var handle = File.OpenHandle(At(name), FileMode.Open, FileAccess.Read, FileShare.Read);
                if (RandomAccess.GetLength(handle) != size)
                {
                    handle.Dispose();
                    return false;
                }

                if (!_held.TryAdd(name, handle))
                {
                    handle.Dispose();
                }
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return false;
            }
        }

        File.SetLastWriteTimeUtc(At(name), clock.GetUtcNow().UtcDateTime); // used last
        return true;
    }

    private void Release(string name)
    {
        if (_held.TryRemove(name, out var handle))
        {
            handle.Dispose();
        }
    }

    /// <summary>Counts what came, and makes room when that is too much.</summary>
    private void Bound(long came)
    {
        lock (_gate)
        {
            _bytes = _bytes < 0 ? Files().Sum(f => f.Length) : _bytes + came;
            if (_bytes <= bound)
            {
                return;
            }

            using (_entrance.Close())
            {
                var files = Files().OrderBy(f => f.LastWriteTimeUtc).ToList();
                _bytes = files.Sum(f => f.Length);
                foreach (var file in files.TakeWhile(_ => _bytes > bound / 10 * 9))
                {
                    _bytes -= TryDelete(file.FullName) ? file.Length : 0;
                }
            }
        }
    }

    private IEnumerable<FileInfo> Files() => new DirectoryInfo(_objects).EnumerateFiles();

    /// <summary>Removes a copy that no process holds.</summary>
    private static bool TryDelete(string file)
    {
        try
        {
            using (File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.None))
            {
                if (!OperatingSystem.IsWindows())
                {
                    File.Delete(file);
                }
            }

            File.Delete(file); // where an open file can't be deleted
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // in use, or gone
        }
    }
}
