using Bf.Jobs.Lake;

namespace Bf.Bench.Stream;

/// <summary>A lake for one run.</summary>
internal sealed class TempLake : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bf-bench-").FullName;

    public TempLake() => Lake = DataLake.Open(_folder);

    public DataLake Lake { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
