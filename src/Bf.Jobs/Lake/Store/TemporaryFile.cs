namespace Bf.Jobs.Lake.Store;

/// <summary>Names of files that are not whole yet. A reader of a lake never looks at them.</summary>
internal static class TemporaryFile
{
    /// <summary>How the name of a file that is being written ends.</summary>
    public const string Suffix = ".writing";

    /// <summary>A new name beside a file, in the same folder, so that a rename or link is atomic.</summary>
    public static string Beside(string full) =>
        Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}{Suffix}");
}
