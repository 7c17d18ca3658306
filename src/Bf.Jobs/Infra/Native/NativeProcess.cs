using System.Globalization;
using System.Runtime.InteropServices;

namespace Bf.Jobs.Infra.Native;

/// <summary>
/// A process that bf started, by its number and the moment at which the kernel says it began (with the boot, since moments count from there):
/// a number that was given to another process since is not taken for ours. It leads a group, which holds whatever it starts.
/// </summary>
/// <param name="Id">The process number, which is the group's too.</param>
/// <param name="Ticks">The kernel's start time of it.</param>
/// <param name="Boot">The kernel's name of this boot.</param>
/// <param name="Since">When it was started, by the clock.</param>
internal sealed partial record NativeProcess(int Id, long Ticks, string Boot, DateTimeOffset Since)
{
    private const int Terminate = 15, Kill = 9;

    /// <summary>Whether it runs; one that ended and waits to be reaped does not.</summary>
    public bool Runs => Boot == BootId() && Stat(Id) is { Ended: false } stat && stat.Ticks == Ticks;

    /// <summary>The process of this number, which runs now.</summary>
    public static NativeProcess? Of(int id, TimeProvider clock) => Stat(id) is { Ended: false } stat ? new(id, stat.Ticks, BootId(), clock.GetUtcNow()) : null;

    /// <summary>Reads a process number's file; null where there is none or it is not one.</summary>
    public static NativeProcess? Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) is [var id, var ticks, var boot, var since]
                && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 1
                && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var began)
                && DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, out var time)
                ? new(number, began, boot, time) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes it into its file.</summary>
    public void Write(string path) => NativeHome.Write(path, string.Create(CultureInfo.InvariantCulture, $"{Id} {Ticks} {Boot} {Since:yyyy-MM-dd'T'HH:mm:ss'Z'}\n"));

    /// <summary>Asks the process and all of its group to end.</summary>
    public void AskToEnd() => _ = Signal(-Id, Terminate);

    /// <summary>Ends the process and all of its group; also what is left of the group where the process itself is gone.</summary>
    public void End()
    {
        // one that ended may wait to be reaped, without end where nobody does (a container's first process);
        // a number that somebody else has by now is his group's; while nobody has it, no new group can have it either
        if (Boot == BootId() && (Stat(Id) is not { } stat || stat.Ticks == Ticks))
        {
            _ = Signal(-Id, Kill);
        }
    }

    private static string BootId()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (IOException)
        {
            return "-";
        }
    }

    /// <summary>What the kernel says: the fields behind the name, which may hold spaces and brackets itself.</summary>
    private static (bool Ended, long Ticks)? Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0] is "Z" or "X", long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
