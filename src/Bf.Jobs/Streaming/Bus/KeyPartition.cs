namespace Bf.Jobs.Streaming.Bus;

/// <summary>Which partition a key goes to, as Java's clients have it: murmur2 of its bytes, without its sign, modulo the partitions.</summary>
internal static class KeyPartition
{
    private const uint Seed = 0x9747B28C;
    private const uint M = 0x5BD1E995;

    /// <summary>The partition of a key.</summary>
    public static int Of(ReadOnlySpan<byte> key, int partitions) => (int)((Murmur2(key) & 0x7FFFFFFF) % (uint)partitions);

    private static uint Murmur2(ReadOnlySpan<byte> key)
    {
        var h = Seed ^ (uint)key.Length;
        for (; key.Length >= 4; key = key[4..])
        {
            var k = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(key) * M;
            h = (h * M) ^ ((k ^ (k >> 24)) * M);
        }

        for (var i = key.Length - 1; i >= 0; i--)
        {
            h ^= (uint)key[i] << (8 * i);
        }

        h = key.Length > 0 ? h * M : h;
        h = (h ^ (h >> 13)) * M;
        return h ^ (h >> 15);
    }
}
