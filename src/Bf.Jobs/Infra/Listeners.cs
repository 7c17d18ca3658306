using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Bf.Jobs.Infra;

/// <summary>Who listens on this machine's ports: from <c>/proc</c> where there is one, else by trying.</summary>
internal static class Listeners
{
    private const string Listening = "0A";

    /// <summary>Whether nobody listens on a port.</summary>
    public static bool IsFree(int port)
    {
        if (OperatingSystem.IsLinux())
        {
            return SocketsOn(port).Count == 0;
        }

        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The process that listens on a port, for people: its name and number.</summary>
    public static string Holder(int port)
    {
        var sockets = OperatingSystem.IsLinux() ? SocketsOn(port) : [];
        foreach (var folder in sockets.Count == 0 ? [] : Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Holds(folder, sockets))
            {
                return $"{NameOf(folder)} (process {id})";
            }
        }

        return "a process of another user (sudo ss -ltnp names it)";
    }

    /// <summary>The numbers of the sockets that listen on a port, in either version of IP.</summary>
    private static HashSet<string> SocketsOn(int port)
    {
        var sockets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
        {
            foreach (var line in File.Exists(table) ? File.ReadLines(table).Skip(1) : [])
            {
                // sl local remote st queues tr retrnsmt uid timeout inode
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields[3] == Listening && fields[1].EndsWith($":{port:X4}", StringComparison.Ordinal))
                {
                    sockets.Add($"socket:[{fields[9]}]");
                }
            }
        }

        return sockets;
    }

    private static bool Holds(string folder, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(folder, "fd")).Any(f => new FileInfo(f).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // somebody else's, or it ended just now
        }
    }

    private static string NameOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "comm")).Trim();
        }
        catch (IOException)
        {
            return "a process";
        }
    }
}
