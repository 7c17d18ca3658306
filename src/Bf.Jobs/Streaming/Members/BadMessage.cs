namespace Bf.Jobs.Streaming.Members;

/// <summary>A message that is no bar, or comes too late.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Raw">The message.</param>
internal sealed record BadMessage(int Partition, long Offset, string Rule, byte[] Raw);
