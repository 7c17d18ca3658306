using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Engines;

/// <summary>A range of symbols: from <paramref name="From"/> (inclusive) to <paramref name="To"/> (exclusive); null is without bound.</summary>
internal readonly record struct SymbolRange(string? From, string? To)
{
    /// <summary>The range as a condition of SQL.</summary>
    public string Condition
    {
        get
        {
            List<string> parts = [];
            if (From is not null)
            {
                parts.Add($"symbol >= {DuckConnection.Quote(From)}");
            }

            if (To is not null)
            {
                parts.Add($"symbol < {DuckConnection.Quote(To)}");
            }

            return parts.Count == 0 ? "true" : string.Join(" AND ", parts);
        }
    }

    /// <summary>Whether a file may hold a symbol of the range.</summary>
    public bool MayBeIn(AddFile file)
    {
        var statistics = FileStatistics.Of(file);
        return (To is null || statistics.MinText("symbol") is not { } low || Utf8Order.Instance.Compare(low, To) < 0)
            && (From is null || statistics.MaxText("symbol") is not { } high || Utf8Order.Instance.Compare(high, From) >= 0);
    }
}

/// <summary>Cuts the symbols of a table of bars into ranges of about equal numbers of rows.</summary>
internal static class SymbolParts
{
    // Bounds the memory of a scan: a part's bars are held at once (24 bytes each, and as much again while arrays grow).
    private const long MostRows = 1_500_000;

    /// <summary>The ranges, in order, which together cover every symbol.</summary>
    public static IReadOnlyList<SymbolRange> Cut(DeltaTable bars, DuckConnection connection, IReadOnlyCollection<AddFile> files, int threads)
    {
        var marks = new SortedDictionary<string, double>(Utf8Order.Instance);
        var total = 0L;
        foreach (var file in files)
        {
            var symbols = BarLayout.Marks(bars, connection, file);
            var rows = FileStatistics.Of(file).Rows ?? BarLayout.RowGroup * symbols.Count;
            total += rows;
            foreach (var symbol in symbols)
            {
                marks[symbol] = marks.GetValueOrDefault(symbol) + ((double)rows / symbols.Count);
            }
        }

        var parts = Math.Max(threads, (int)(total / MostRows) + 1);
        if (total < 50_000 || marks.Count < 2)
        {
            parts = 1;
        }

        var cuts = new List<string>();
        var seen = 0d;
        foreach (var (symbol, rows) in marks)
        {
            if (seen >= total * (double)(cuts.Count + 1) / parts && cuts.Count < parts - 1)
            {
                cuts.Add(symbol);
            }

            seen += rows;
        }

        return [.. cuts.Prepend(null!).Zip(cuts.Cast<string?>().Append(null), (from, to) => new SymbolRange(from, to))];
    }
}
