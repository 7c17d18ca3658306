namespace Bf.Jobs.Lake.Delta;

/// <summary>Paths as the log writes them: URIs, relative to the table's folder or absolute (Delta protocol, "Add File and Remove File").</summary>
internal static class DataPath
{
    /// <summary>The place of a file: below the store's root, or an absolute path.</summary>
    /// <param name="table">The table's folder below the store's root.</param>
    /// <param name="uri">The path of the log.</param>
    /// <exception cref="DeltaException">The file lies where this version can't read.</exception>
    public static string Resolve(string table, string uri)
    {
        if (IsFileUri(uri))
        {
            return OfFileUri(uri);
        }

        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        if (colon > 1 && uri.AsSpan(0, colon).IndexOfAny('/', '%') < 0 && uri.AsSpan(colon).StartsWith("://"))
        {
            return IsS3Uri(uri) ? Uri.UnescapeDataString(Canonical(uri)) : throw new DeltaException($"{table}: the file {uri} lies in another store; this version reads tables whose files lie in folders or in S3");
        }

        return uri.StartsWith('/') ? Uri.UnescapeDataString(uri) : $"{table}/{Uri.UnescapeDataString(uri)}";
    }

    /// <summary>One text for the forms of one path: with and without the scheme of files, and one scheme for S3.</summary>
    public static string Canonical(string uri) => IsS3Uri(uri) ? "s3" + uri[uri.IndexOf(':', StringComparison.Ordinal)..] : !IsFileUri(uri) ? uri : uri.StartsWith("file:///", StringComparison.OrdinalIgnoreCase) ? uri[7..] : uri[5..];

    /// <summary>Whether a text is a <c>file:</c> URL.</summary>
    public static bool IsFileUri(string text) => text.StartsWith("file:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text is the URL of an object in S3, under any of the names that Hadoop's file systems have for it.</summary>
    public static bool IsS3Uri(string text) =>
        text.StartsWith("s3", StringComparison.OrdinalIgnoreCase)
        && (text.StartsWith("s3://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("s3a://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("s3n://", StringComparison.OrdinalIgnoreCase));

    /// <summary>The path of a <c>file:</c> URL, in its forms <c>file:/x</c> and <c>file:///x</c>.</summary>
    /// <exception cref="DeltaException">It names another machine.</exception>
    public static string OfFileUri(string uri)
    {
        var path = uri["file:".Length..];
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            path = path[2..];
            path = path.StartsWith("localhost/", StringComparison.OrdinalIgnoreCase) ? path["localhost".Length..] : path;
        }

        return path.StartsWith('/') ? Uri.UnescapeDataString(path) : throw new DeltaException($"{uri} names no file of this machine: write file:///FOLDER");
    }
}
