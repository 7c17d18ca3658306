namespace Bf.Jobs.Lake;

/// <summary>The order of texts in Parquet, Delta and DuckDB: by the bytes of UTF-8, which is by code point. .NET's ordinal order differs beyond U+FFFF.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    /// <summary>The order.</summary>
    public static Utf8Order Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var length = Math.Min(x!.Length, y!.Length);
        for (var i = 0; i < length; i++)
        {
            if (x[i] != y[i])
            {
                // a surrogate stands for a code point above all others
                return char.IsSurrogate(x[i]) == char.IsSurrogate(y[i]) ? x[i] - y[i] : char.IsSurrogate(x[i]) ? 1 : -1;
            }
        }

        return x.Length - y.Length;
    }
}
