using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Maintenance;

/// <summary>The files below a table's folder.</summary>
internal static class TableFolder
{
    /// <summary>
    /// Data files, whole ones, whether the table knows them or not. What begins with _ or . is never one (Delta protocol, "File Types"),
    /// and what has another ending is somebody's own: it is not looked at.
    /// </summary>
    public static IEnumerable<StoredObject> DataFiles(DataLake lake, string table) =>
        Folders(lake, table).SelectMany(lake.Store.List).Where(f => IsData(Path.GetFileName(f.Path)));

    /// <summary>What was being written and did not become whole, in the log's folder too.</summary>
    public static IEnumerable<StoredObject> Leftovers(DataLake lake, string table) =>
        Folders(lake, table).Append($"{table}/_delta_log").SelectMany(lake.Store.Leftovers);

    // a linked folder is not gone into, since it may lead out of the table or back into it; nor is one that is a table of its own
    private static IEnumerable<string> Folders(DataLake lake, string folder) =>
        lake.Store.Folders(folder).Where(f => f[0] is not ('_' or '.')).Select(f => $"{folder}/{f}").Where(f => !lake.Store.IsLink(f) && !IsTable(lake, f)).SelectMany(f => Folders(lake, f)).Prepend(folder);

    private static bool IsTable(DataLake lake, string folder) => lake.Store.List($"{folder}/_delta_log").Count > 0;

    private static bool IsData(string name) =>
        name[0] is not ('_' or '.')
        && (name.EndsWith(".parquet", StringComparison.Ordinal) || (name.StartsWith("deletion_vector_", StringComparison.Ordinal) && name.EndsWith(".bin", StringComparison.Ordinal)));
}
