using System.Text;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>
/// A place of this machine in a group of members: the lowest that no process holds. It is held by a lock that the system takes back when the
/// process ends, however it ends; so one that was killed and is started again is, to Kafka, the same member, and has its partitions at once.
/// </summary>
internal sealed class MemberSlot : IDisposable
{
    private const int Most = 1000;

    private readonly FileStream _lock;

    private MemberSlot(FileStream held, string name) => (_lock, Name) = (held, name);

    /// <summary>The member's name in the group: machine, user and number.</summary>
    public string Name { get; }

    /// <summary>Takes a place.</summary>
    /// <param name="group">The group.</param>
    /// <param name="folder">Where the locks of all groups lie; null for a folder of the user in the machine's temp directory.</param>
    /// <exception cref="JobException">There is no place, or the folder can't be written.</exception>
    public static MemberSlot Take(string group, string? folder = null)
    {
        var place = Path.Combine(folder ?? Path.Combine(Path.GetTempPath(), $"bf-members-{Plain(Environment.UserName)}"), Uri.EscapeDataString(group));
        try
        {
            Directory.CreateDirectory(place);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JobException($"{place}: the locks of the stream's members can't be kept there ({e.Message}); set TMPDIR to a folder that can be written");
        }

        for (var slot = 0; slot < Most; slot++)
        {
            if (Lock(Path.Combine(place, $"{slot}.lock")) is { } held)
            {
                return new(held, $"{Plain(Environment.MachineName)}-{Plain(Environment.UserName)}-{slot}");
            }
        }

        throw new JobException($"{place}: no lock of 0 to {Most - 1} can be taken; set TMPDIR to a folder that can be written");
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream? Lock(string path)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Kafka takes a member's name in the letters of a topic's only.</summary>
    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            plain.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '_');
        }

        return plain.ToString();
    }
}
