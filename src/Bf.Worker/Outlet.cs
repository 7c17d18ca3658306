using System.Runtime.InteropServices;

namespace Bf.Worker;

/// <summary>
/// The pipe through which answers leave. Spark does not end a worker whose task it has ended, and does not close the pipe either: only that
/// nobody takes what lies in it tells that nobody wants more.
/// </summary>
/// <param name="unread">How many bytes lie there untaken.</param>
internal sealed partial class Outlet(Func<int> unread)
{
    private const int StandardOutput = 1;
    private const nuint BytesToRead = 0x541B; // FIONREAD of Linux, on x64 and on arm64
    private const int LongestPause = 50;

    // a reader may be slow: it writes a file to a store in between
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>This process's standard output.</summary>
    public static Outlet OfProcess { get; } = new(() => OperatingSystem.IsLinux() && Control(StandardOutput, BytesToRead, out var bytes) == 0 ? bytes : 0);

    /// <summary>Waits until all that was written is taken.</summary>
    public async Task Taken(CancellationToken cancel)
    {
        for (var pause = 1; unread() > 0; pause = Math.Min(2 * pause, LongestPause))
        {
            await Task.Delay(pause, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the process when nothing is taken for some time, though it may be waiting to write.</summary>
    public void EndWithReader() => new Thread(() =>
    {
        var (before, since) = (0, TimeProvider.System.GetTimestamp());
        while (true)
        {
            Thread.Sleep(1000);
            var now = unread();
            since = now > 0 && now == before ? since : TimeProvider.System.GetTimestamp();
            before = now;
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                Environment.Exit(1);
            }
        }
    })
    { IsBackground = true }.Start();

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int file, nuint request, out int value);
}
