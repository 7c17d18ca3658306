namespace Bf.Bench;

/// <summary>Where the benchmark finds its scripts and leaves its files: nothing is written outside <c>artifacts/bench</c>.</summary>
internal sealed record BenchPlace(string Root)
{
    public string Sample => Path.Combine(Root, "samples", "us-large-caps-100.parquet");
    public string Scripts => Path.Combine(Root, "tests", "Bf.Bench", "Peers");
    public string Output => Path.Combine(Root, "artifacts", "bench");

    public static BenchPlace Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Bf.sln")))
            {
                return new BenchPlace(folder.FullName);
            }
        }
        throw new BenchException("Bf.Bench runs from a checkout of the repository: Bf.sln was not found above it");
    }
}

/// <summary>The benchmark cannot go on; the message says what to do.</summary>
internal sealed class BenchException(string message) : Exception(message);
