using Bf.Jobs.Config;
using Bf.Jobs.Lake.Store.S3;

namespace Bf.Jobs.Tests.Lake.Store;

/// <summary>How the real MinIO of the tests is reached; a test is skipped where there is none.</summary>
internal static class Minio
{
    public static Settings BfSettings(string cache)
    {
        var stack = Stack.Shared("minio");
        return new(new Dictionary<string, string> { ["BF_CACHE"] = cache }, name => stack.Settings.GetValueOrDefault(name), cache);
    }

    public static S3Settings Settings(string cache) => S3Settings.From("s3://bucket", BfSettings(cache));
}
