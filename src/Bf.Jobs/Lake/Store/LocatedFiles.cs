using System.Collections.Concurrent;

namespace Bf.Jobs.Lake.Store;

/// <summary>Which table's object a local copy holds, for messages: what a user knows is the object.</summary>
internal static class LocatedFiles
{
    private static readonly ConcurrentDictionary<string, (string Place, string Table)> Known = new(StringComparer.Ordinal);

    /// <summary>Notes a copy.</summary>
    public static void Note(string file, string place, string table) => Known[file] = (place, table);

    /// <summary>The object and its table; null for a file that is no copy.</summary>
    public static (string Place, string Table)? Of(string file) => Known.TryGetValue(file, out var known) ? known : null;
}
