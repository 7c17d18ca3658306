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
        IsMistyped(root) ? throw new DeltaException($"{root} would be a folder of this machine; a bucket is written s3://BUCKET/FOLDER (and that folder ./{root})")
        : !root.Contains("://", StringComparison.Ordinal) ? new LocalStore(root)
        : DataPath.IsFileUri(root) ? new LocalStore(DataPath.OfFileUri(root))
        : DataPath.IsS3Uri(root) ? Bucket(root, settings)
        : throw new DeltaException($"{root} can't be opened: a lake is a folder, or s3://BUCKET/FOLDER");

    // a bucket with a slash too few
    private static bool IsMistyped(string root) =>
        (root.StartsWith("s3:", StringComparison.OrdinalIgnoreCase) || root.StartsWith("s3a:", StringComparison.OrdinalIgnoreCase)) && !DataPath.IsS3Uri(root);

    // what belongs to S3 is loaded only here
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static S3Store Bucket(string root, Settings? settings) =>
        S3Store.Open(root, settings ?? new Settings(new Dictionary<string, string>(), Environment.GetEnvironmentVariable, Directory.GetCurrentDirectory()));
}
