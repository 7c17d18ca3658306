namespace Bf.Jobs.Streaming.Members;

/// <summary>A message that is no bar, or comes too late.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Raw">The message, or its beginning: a bar takes a hundred bytes, and the topic has the rest.</param>
internal sealed record BadMessage(int Partition, long Offset, string Rule, byte[] Raw)
{
    /// <summary>So much of a message is kept.</summary>
    public const int MostRaw = 4096;

    /// <summary>A message as it is kept.</summary>
    public static BadMessage Of(int partition, long offset, string rule, ReadOnlySpan<byte> value) =>
        new(partition, offset, rule, value[..Math.Min(value.Length, MostRaw)].ToArray());
}
