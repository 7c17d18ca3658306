using Microsoft.Win32.SafeHandles;

namespace Bf.Jobs.Lake.Store.S3;

/// <summary>A process's own folder for files that are not whole yet. It goes with the process; what a killed one left goes with the next.</summary>
internal sealed class Workshop
{
    private const string LockName = ".lock";
    private readonly string _folder;
    private readonly SafeFileHandle _lock;

    private Workshop(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        _lock = File.OpenHandle(Path.Combine(folder, LockName), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Clear();
    }

    /// <summary>Opens a new one and clears those of processes that are gone.</summary>
    public static Workshop Open(string cache, Gate gate)
    {
        using (gate.Close())
        {
            var all = Path.Combine(cache, "work");
            Directory.CreateDirectory(all);
            foreach (var folder in Directory.EnumerateDirectories(all))
            {
                TryClear(folder);
            }

            return new(Path.Combine(all, Guid.NewGuid().ToString("N")));
        }
    }

    /// <summary>A new name that ends like the given one.</summary>
    public string NewFile(string name) => Path.Combine(_folder, $"{Guid.NewGuid():N}{Path.GetExtension(name)}{TemporaryFile.Suffix}");

    private static void TryClear(string folder)
    {
        try
        {
            using (File.OpenHandle(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            {
            }

            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // at work
        }
    }

    private void Clear()
    {
        _lock.Dispose();
        TryClear(_folder);
    }
}
