namespace Bf.Jobs.Tests.Spark.Connect;

/// <summary>Answers of Spark that were kept, byte for byte.</summary>
internal static class Captured
{
    public static byte[] AllTypes => Bytes("spark-all-types");

    /// <summary>A BIGINT column id with 0, 1, 2.</summary>
    public static byte[] ThreeLongs => Bytes("spark-three-longs");

    /// <summary>A BIGINT column id and a STRING column s, without rows.</summary>
    public static byte[] NoRows => Bytes("spark-no-rows");

    private static byte[] Bytes(string name)
    {
        using var stream = typeof(Captured).Assembly.GetManifestResourceStream($"{name}.arrow")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
