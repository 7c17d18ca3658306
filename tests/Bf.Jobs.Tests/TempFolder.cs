namespace Bf.Jobs.Tests;

/// <summary>A folder of a test's own, gone at its end.</summary>
internal class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("bf-test-").FullName;

    public string Path { get; }

    /// <summary>A path below the folder.</summary>
    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a text file and gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        GC.SuppressFinalize(this);
    }
}
