namespace Bf.Jobs.Lake.Store.S3;

/// <summary>A lock of a folder that processes share: many pass at once, or one closes it. Nobody stays in for more than a moment.</summary>
/// <param name="folder">The folder.</param>
/// <param name="clock">The time.</param>
internal sealed class Gate(string folder, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(1), MostPause = TimeSpan.FromMilliseconds(5);
    private readonly Backoff _backoff = new(clock);

    /// <summary>Passes, beside others that pass.</summary>
    public IDisposable Pass() => Enter(FileAccess.Read, FileShare.Read);

    /// <summary>Closes the gate: nobody else is in until this is disposed.</summary>
    public IDisposable Close() => Enter(FileAccess.ReadWrite, FileShare.None);

    private Microsoft.Win32.SafeHandles.SafeFileHandle Enter(FileAccess access, FileShare share)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(folder);
                return File.OpenHandle(Path.Combine(folder, ".gate"), FileMode.OpenOrCreate, access, share);
            }
            catch (IOException) when (File.Exists(Path.Combine(folder, ".gate")) && clock.GetElapsedTime(start) < Patience)
            {
                _backoff.WaitBetween(LeastPause, MostPause);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new JobException($"the cache of fetched files can't be used ({e.Message}); name another folder with the setting BF_CACHE");
            }
        }
    }
}
