using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Sources;

namespace Bf.Jobs.Import;

/// <summary>Files that are written alike.</summary>
/// <param name="Recognised">How, by the first of them.</param>
/// <param name="Files">Their names.</param>
/// <param name="Rows">The first rows of the first file, each with the rule that it breaks.</param>
public sealed record PreviewGroup(Recognition Recognised, IReadOnlyList<string> Files, IReadOnlyList<(BarReading Row, string? Broken)> Rows);

/// <summary>What an import would find.</summary>
/// <param name="Groups">The files that can be read, those that are written alike together.</param>
/// <param name="Refused">What is wrong with each of the others, which would keep all from being imported.</param>
public sealed record PreviewResult(IReadOnlyList<PreviewGroup> Groups, IReadOnlyList<string> Refused);

/// <summary><c>bf data import --dry-run</c>: what would be read, and how; nothing is written.</summary>
public static class ImportPreview
{
    private const int Shown = 5;

    /// <summary>Looks at each file, and at the first rows of one of each kind.</summary>
    /// <exception cref="JobException">A path leads to no file.</exception>
    public static PreviewResult Of(DataLake lake, ImportRequest request, CancellationToken cancel = default)
    {
        var now = Timestamp.Of(lake.Clock.GetUtcNow());
        using var paths = new ImportPaths(request.Format, request.Settings, lake.Clock);
        var files = paths.Find(request.Paths, cancel);
        var (recognised, refused) = ImportFile.TryRecognise(files);
        return new(
            [.. recognised.GroupBy(f => (f.Recognised.Format, f.Recognised.Columns, f.Recognised.Symbol is null))
                .Select(g => new PreviewGroup(
                    g.First().Recognised,
                    [.. g.Select(f => f.File.Name)],
                    [.. g.First().File.Read().Take(Shown).Select(row => (row, row.IsGap ? null : row.Broken ?? BarRules.Broken(row.Bar, now)))]))],
            refused);
    }
}
