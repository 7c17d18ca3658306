using System.Runtime.CompilerServices;
using Bf.Jobs.Config;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.Store.S3;

namespace Bf.Jobs.Lake.Store;

/// <summary>Which store a place lies in.</summary>
internal static class Stores
{
    /// <summary>Opens the store of a folder, or of a bucket and a folder in it.</summary>
    /// <exception cref="DeltaException">The place is of a kind that is not supported.</exception>
    /// <exception cref="JobException">It is a bucket, and a setting is missing.</exception>
    public static IObjectStore Open(string root, Settings? settings) =>
        !root.Contains("://", StringComparison.Ordinal) ? new LocalStore(root)
        : DataPath.IsFileUri(root) ? new LocalStore(DataPath.OfFileUri(root))
        : DataPath.IsS3Uri(root) ? Bucket(root, settings)
        : throw new DeltaException($"{root} can't be opened: a lake is a folder, or s3://BUCKET/FOLDER");

    // what belongs to S3 is loaded only here
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static S3Store Bucket(string root, Settings? settings) =>
        S3Store.Open(root, settings ?? new Settings(new Dictionary<string, string>(), Environment.GetEnvironmentVariable, Directory.GetCurrentDirectory()));
}
