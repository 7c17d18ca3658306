using System.Text;

namespace Bf.Jobs.Infra.Native;

/// <summary>A log file that grows: gives whole lines that are new, also after it was cut or replaced.</summary>
internal sealed class LogTail(string file, string before)
{
    private const long Most = 64L << 20; // at once: a log of months has gigabytes
    private long _read;

    /// <summary>What stands before each of its lines.</summary>
    public string Before => before;

    /// <summary>The lines that came since the last call.</summary>
    /// <param name="half">Whether a last line without an end counts.</param>
    public IReadOnlyList<string> Read(bool half)
    {
        if (!File.Exists(file))
        {
            _read = 0;
            return [];
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length < _read)
        {
            _read = 0; // it was cut: what is there is new
        }

        var left = Math.Max(0, stream.Length - _read - Most);
        _read += left;
        stream.Position = _read;
        var bytes = new byte[stream.Length - _read];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var whole = half ? length : bytes.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
        _read += whole;
        var text = Encoding.UTF8.GetString(bytes, 0, whole);
        var lines = text.Length == 0 ? [] : (text[^1] == '\n' ? text[..^1] : text).Split('\n').Select(l => l.TrimEnd('\r'));
        return left == 0 ? [.. lines] : [$"... {left >> 20} MB before this are left out: {file}", .. lines.Skip(1)];
    }
}
