namespace Bf.Jobs.Tests.Lake;

/// <summary>The tables of Spark in a folder that all tests read from; a test that changes something takes a copy.</summary>
internal static class SparkFolder
{
    private static readonly Lazy<string> Lazily = new(() =>
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "tables");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        SparkTables.Extract(folder);
        return folder;
    });

    public static string Root => Lazily.Value;

    /// <summary>Copies a table into a folder, and gives its path.</summary>
    public static string Copy(string table, TempFolder to)
    {
        TestLake.Copy(Path.Combine(Root, table), to.At(table));
        return to.At(table);
    }
}
