using System.Diagnostics;

namespace Bf.EndToEnd;

/// <summary>A file system of 4 MB in memory, to be filled or made read-only. Only root may have one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    private string Ballast => Path.Combine(_folder, "ballast");

    /// <summary>Mounts one, or skips the test where that can't be done.</summary>
    public static SmallDisk Mount(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder))
        {
            Assert.Skip("a small file system can't be mounted here: that takes Linux, and root");
        }

        return new(folder);
    }

    /// <summary>Leaves no more than so many bytes.</summary>
    public void Fill(long leave)
    {
        using var file = File.Create(Ballast);
        var rest = new DriveInfo(_folder).AvailableFreeSpace - leave;
        file.Write(new byte[rest]);
    }

    /// <summary>Makes room again.</summary>
    public void Free() => File.Delete(Ballast);

    /// <summary>Allows reading only.</summary>
    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", _folder));

    public void Dispose() => Run("umount", "-l", _folder);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
