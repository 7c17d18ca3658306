using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bf.Jobs.Generate;
using Bf.Jobs.Search.Documents;
using Bf.Jobs.Streaming.Sinks;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>
/// The rows of a batch as messages, one a date: key <c>UNIVERSE|INTERVAL</c>, value a document of score, state, counts, series and thrusts.
/// It does not name the run: what is computed again after a restart is the same message.
/// </summary>
internal static class SignalMessages
{
    /// <summary>The messages, in order of their times.</summary>
    public static List<SignalMessage> Of(ResultBatch batch)
    {
        var results = batch.Results;
        var (universe, interval) = (results.Universe.Name, batch.Interval.Name);
        var key = Encoding.UTF8.GetBytes($"{universe}|{interval}");
        using var documents = new ResultDocuments(results, batch.Interval, batch.Settings, batch.Run);
        using var text = new DocumentText();
        var thrusts = documents.Thrusts(results.From, results.End);
        var messages = new List<SignalMessage>(results.End - results.From);
        var next = 0;
        for (var i = results.From; i < results.End; i++)
        {
            text.Begin();
            var json = text.Json;
            json.WriteString("universe", universe);
            json.WriteString("interval", interval);
            json.WriteString("ts", SearchTable.Text(results.Panel.Ts[i]));
            json.WriteBoolean("final", batch.Final);
            DocumentText.Real(json, Score, results.Score.Values[i]);
            if (ResultRows.NameOf(results.Score.States[i]) is { } state)
            {
                json.WriteString("state", state);
            }

            documents.BreadthValues(json, i);
            json.WriteStartArray("thrusts");
            for (; next < thrusts.Count && thrusts[next].Fire.Index == i; next++)
            {
                json.WriteStartObject();
                ResultDocuments.ThrustValues(json, thrusts[next]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            messages.Add(new(key, text.End(), results.Panel.Ts[i], batch.Interval.Name, batch.Final));
        }

        return messages;
    }

    private static readonly JsonEncodedText Score = JsonEncodedText.Encode("score");
}

/// <summary>A row on its way.</summary>
/// <param name="Key">The message's key.</param>
/// <param name="Value">Its value.</param>
/// <param name="Ts">The row's time, microseconds since 1970-01-01 UTC.</param>
/// <param name="Granularity">The bars' length.</param>
/// <param name="Final">Whether it is.</param>
internal sealed record SignalMessage(byte[] Key, byte[] Value, long Ts, string Granularity, bool Final)
{
    /// <summary>The latest time of all final rows that were sent before it; null where there were none.</summary>
    public long? Latest { get; init; }

    /// <summary>The span that made it; null while nobody listens.</summary>
    public string? Origin { get; init; }

    /// <summary>When the first news came of what it says, as the clock's timestamp; 0 where that is not known.</summary>
    public long Since { get; init; }

    /// <summary>Whose row it is.</summary>
    public (string Key, long Ts) Row => (Encoding.UTF8.GetString(Key), Ts);

    /// <summary>By what two values are known to be the same.</summary>
    public static UInt128 Print(ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(value, hash);
        return BitConverter.ToUInt128(hash);
    }
}
