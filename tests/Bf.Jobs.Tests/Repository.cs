namespace Bf.Jobs.Tests;

/// <summary>Files of the repository, found from the tests' output.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Sample => Path.Combine(Root, "samples", "us-large-caps-100.parquet");

    /// <summary>A file of the folder that lies beside the repository on some machines; null where it is not.</summary>
    public static string? Shared(params string[] parts)
    {
        var path = Path.GetFullPath(Path.Combine([Root, "..", "shared", .. parts]));
        return Path.Exists(path) ? path : null;
    }

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Bf.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"no Bf.sln above {AppContext.BaseDirectory}");
    }
}
