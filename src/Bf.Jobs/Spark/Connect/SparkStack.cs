using System.Text;

namespace Bf.Jobs.Spark.Connect;

/// <summary>Takes the JVM's stack out of a message: it says where in Spark's code, which helps nobody here, and hides what a worker wrote to stderr.</summary>
internal static class SparkStack
{
    /// <summary>The message without frames, with what caused what, each cause once.</summary>
    public static string Cut(string message)
    {
        var text = new StringBuilder(message.Length);
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var raw in message.Split('\n'))
        {
            var line = raw.TrimEnd();
            var frame = line.TrimStart();
            if ((frame.Length < line.Length && (frame.StartsWith("at ", StringComparison.Ordinal) || (frame.StartsWith("... ", StringComparison.Ordinal) && frame.EndsWith(" more", StringComparison.Ordinal))))
                || line is "Driver stacktrace:"
                || (line.StartsWith("Caused by: ", StringComparison.Ordinal) && !said.Add(line)))
            {
                continue;
            }

            var plan = line.EndsWith(';') && line.Contains("SQLSTATE: ", StringComparison.Ordinal);
            text.Append(text.Length > 0 ? "\n" : "").Append(plan ? line[..^1] : line);
            if (plan)
            {
                break; // what follows is the plan as far as Spark got with it
            }
        }

        return text.ToString().Trim();
    }
}
