using System.Text.Json;

namespace Bf.Jobs.Lake.Delta;

/// <summary>The lines of a file of the log: a commit, or a checkpoint in JSON.</summary>
internal static class LogLines
{
    /// <summary>Reads the lines in order.</summary>
    /// <param name="place">The table, for messages.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="content">Its content.</param>
    /// <exception cref="DeltaException">A line is damaged; the message has its number.</exception>
    public static List<LogLine> Read(string place, string path, byte[] content)
    {
        var lines = new List<LogLine>();
        var number = 0;
        for (int start = 0, end; start < content.Length; start = end + 1)
        {
            number++;
            end = Array.IndexOf(content, (byte)'\n', start);
            end = end < 0 ? content.Length : end;
            if (end - start <= 1)
            {
                continue; // nothing, or a carriage return
            }

            try
            {
                lines.Add(LogJson.Read(content.AsMemory(start, end - start)));
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
            {
                throw DeltaException.Damaged(place, $"the log entry {Path.GetFileName(path)} is damaged in line {number} ({e.Message.Split('.')[0]})", e);
            }
        }

        return CommitNote.IsWhole(lines) ? lines : throw DeltaException.Damaged(place, $"the log entry {Path.GetFileName(path)} is cut short");
    }
}
