using Bf.Sources.Csv;
using Bf.Sources.Stooq;
using Bf.Sources.Synthetic;
using Bf.Sources.Yahoo;

namespace Bf.Sources.Fetch;

/// <summary>The catalogue of sources.</summary>
public static class BarSources
{
    /// <summary>All sources. A new one is one file and one line here: docs/adding-a-source.md.</summary>
    public static IReadOnlyList<SourceInfo> All { get; } =
    [
        YahooSource.Info,
        StooqSource.Info,
        CsvSource.Info,
        SyntheticSource.Info,
    ];

    /// <summary>The source of a name.</summary>
    /// <exception cref="FormatException">There is none; the message names those that are.</exception>
    public static SourceInfo Of(string name) =>
        All.FirstOrDefault(s => s.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new FormatException($"no source '{name}'; there are {string.Join(", ", All.Select(s => s.Name))}. Choose one with --source NAME, or set BF_SOURCE");
}
