using System.Text;

namespace Bf.Jobs.Infra.Native;

/// <summary>A log file that grows: gives whole lines that are new, also after it was cut or replaced.</summary>
internal sealed class LogTail(string file, string before)
{
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

        stream.Position = _read;
        var bytes = new byte[stream.Length - _read];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var whole = half ? length : bytes.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
        _read += whole;
        var text = Encoding.UTF8.GetString(bytes, 0, whole);
        return text.Length == 0 ? [] : [.. (text[^1] == '\n' ? text[..^1] : text).Split('\n').Select(l => l.TrimEnd('\r'))];
    }
}
