namespace Bf.Jobs.Lake.Store.S3;

/// <summary>A lock of a folder that processes share: many pass at once, or one closes it. Nobody stays in for more than a moment.</summary>
internal static class Gate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Passes, beside others that pass.</summary>
    public static IDisposable Pass(string folder) => Enter(folder, FileAccess.Read, FileShare.Read);

    /// <summary>Closes the gate: nobody else is in until this is disposed.</summary>
    public static IDisposable Close(string folder) => Enter(folder, FileAccess.ReadWrite, FileShare.None);

    private static Microsoft.Win32.SafeHandles.SafeFileHandle Enter(string folder, FileAccess access, FileShare share)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(folder);
                return File.OpenHandle(Path.Combine(folder, ".gate"), FileMode.OpenOrCreate, access, share);
            }
            catch (IOException) when (File.Exists(Path.Combine(folder, ".gate")) && System.Diagnostics.Stopwatch.GetElapsedTime(start) < Patience)
            {
                Thread.Sleep(Random.Shared.Next(1, 5));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new JobException($"the cache of fetched files can't be used ({e.Message}); name another folder with the setting BF_CACHE");
            }
        }
    }
}
