using System.Globalization;
using System.Text;
using Bf.Jobs.Import;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Streaming.Members;

/// <summary>Puts messages into the table <c>quarantine</c>: the file is the topic and partition, the line the offset.</summary>
/// <param name="lake">The lake.</param>
/// <param name="topic">The topic.</param>
/// <param name="run">The run's name.</param>
internal sealed class StreamQuarantine(DataLake lake, string topic, string run)
{
    private static readonly UTF8Encoding Lenient = new(false, throwOnInvalidBytes: false);

    /// <summary>Commits messages, each once: those that are there already stay as they are.</summary>
    public void Put(IReadOnlyList<BadMessage> messages)
    {
        if (messages.Count == 0)
        {
            return;
        }

        using var connection = DuckDatabase.Connect();
        connection.Execute("CREATE TEMP TABLE broken (file INTEGER, line BIGINT, rule VARCHAR, raw VARCHAR)");
        using (var rows = connection.Append("broken", Native.TypeId.Integer, Native.TypeId.BigInt, Native.TypeId.Varchar, Native.TypeId.Varchar))
        {
            foreach (var message in messages)
            {
                rows.Set(0, message.Partition);
                rows.Set(1, message.Offset);
                rows.Set(2, message.Rule);
                rows.Set(3, Lenient.GetString(message.Raw)); // what is no UTF-8 shows as replacement characters
                rows.EndRow();
            }

            rows.Complete();
        }

        string[] files = [.. Enumerable.Range(0, messages.Max(m => m.Partition) + 1).Select(p => string.Create(CultureInfo.InvariantCulture, $"{topic}/{p}"))];
        QuarantineCommit.Run(lake, connection, files, run);
    }
}
