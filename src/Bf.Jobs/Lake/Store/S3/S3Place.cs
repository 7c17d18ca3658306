using System.Buffers;

namespace Bf.Jobs.Lake.Store.S3;

/// <summary>A bucket and a prefix in it, as in <c>s3://bucket/prefix</c>; an object, where the prefix is its whole key.</summary>
internal readonly record struct S3Place(string Bucket, string Prefix)
{
    private static readonly SearchValues<char> NotOfNames = SearchValues.Create(" :?#@\\");

    /// <summary>Reads a place.</summary>
    /// <exception cref="JobException">It names no bucket.</exception>
    public static S3Place Parse(string url)
    {
        var rest = url.AsSpan(url.IndexOf("://", StringComparison.Ordinal) + 3);
        var slash = rest.IndexOf('/');
        var bucket = slash < 0 ? rest : rest[..slash];
        var prefix = slash < 0 ? "" : rest[slash..].Trim('/').ToString();
        return bucket.Length >= 3 && !bucket.ContainsAny(NotOfNames) && !prefix.Contains("//", StringComparison.Ordinal)
            ? new(bucket.ToString(), prefix)
            : throw new JobException($"{url} names no bucket; write s3://BUCKET or s3://BUCKET/FOLDER");
    }

    /// <summary>The key of an object below the prefix.</summary>
    public string Key(string path) => Prefix.Length == 0 ? path : path.Length == 0 ? Prefix : $"{Prefix}/{path}";

    /// <inheritdoc/>
    public override string ToString() => Prefix.Length == 0 ? $"s3://{Bucket}" : $"s3://{Bucket}/{Prefix}";
}
