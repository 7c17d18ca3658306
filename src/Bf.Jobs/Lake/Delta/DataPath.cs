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
        if (uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            return OfFileUri(uri);
        }

        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        if (colon > 1 && uri.AsSpan(0, colon).IndexOfAny('/', '%') < 0 && uri.AsSpan(colon).StartsWith("://"))
        {
            throw new DeltaException($"{table}: the file {uri} lies in another store; this version reads tables whose files lie in folders");
        }

        return uri.StartsWith('/') ? Uri.UnescapeDataString(uri) : $"{table}/{Uri.UnescapeDataString(uri)}";
    }

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
