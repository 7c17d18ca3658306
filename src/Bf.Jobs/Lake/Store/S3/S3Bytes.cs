using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Lake.Store.S3;

/// <summary>Counts the bytes of objects between bf and a bucket, those of attempts that failed too.</summary>
internal static class S3Bytes
{
    /// <summary>So many were read.</summary>
    public static void Read(long bytes) => Count(bytes, "read");

    /// <summary>So many were written.</summary>
    public static void Written(long bytes) => Count(bytes, "written");

    private static void Count(long bytes, string direction)
    {
        if (Meters.IsOn)
        {
            Instruments.LakeBytes.Record(bytes, direction);
        }
    }
}
