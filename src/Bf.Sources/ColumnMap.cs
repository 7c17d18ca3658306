namespace Bf.Sources;

/// <summary>The columns of a bar, as a file's header may call them.</summary>
public enum BarColumn
{
    /// <summary>When the bar begins.</summary>
    Ts,
    /// <summary>The symbol.</summary>
    Symbol,
    /// <summary>First price.</summary>
    Open,
    /// <summary>Highest price.</summary>
    High,
    /// <summary>Lowest price.</summary>
    Low,
    /// <summary>Last price.</summary>
    Close,
    /// <summary>Adjusted last price; the last price where it is missing.</summary>
    AdjClose,
    /// <summary>Shares traded.</summary>
    Volume,
}

/// <summary>Which column of a file holds what.</summary>
public sealed class ColumnMap
{
    private static readonly Dictionary<string, BarColumn> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ts"] = BarColumn.Ts, ["date"] = BarColumn.Ts, ["datetime"] = BarColumn.Ts, ["timestamp"] = BarColumn.Ts, ["time"] = BarColumn.Ts,
        ["symbol"] = BarColumn.Symbol, ["ticker"] = BarColumn.Symbol,
        ["open"] = BarColumn.Open, ["high"] = BarColumn.High, ["low"] = BarColumn.Low, ["close"] = BarColumn.Close,
        ["adj_close"] = BarColumn.AdjClose, ["adj close"] = BarColumn.AdjClose, ["adjclose"] = BarColumn.AdjClose, ["adjusted_close"] = BarColumn.AdjClose,
        ["volume"] = BarColumn.Volume, ["vol"] = BarColumn.Volume,
    };

    private readonly int[] _at = new int[Enum.GetValues<BarColumn>().Length];

    private ColumnMap() => Array.Fill(_at, -1);

    /// <summary>The position of a column in the file, -1 when the file has none.</summary>
    public int this[BarColumn column] => _at[(int)column];

    /// <summary>Whether the file has a column.</summary>
    public bool Has(BarColumn column) => _at[(int)column] >= 0;

    /// <summary>Reads <c>--map</c>: <c>ts=Date,close=Last</c>; on the left a column of bf, on the right the file's.</summary>
    /// <exception cref="FormatException">A part is not of that form, or names no column of bf.</exception>
    public static IReadOnlyDictionary<BarColumn, string> ParseOverrides(string? map) =>
        MapOption.Parse<BarColumn>(map, name => Known.TryGetValue(name, out var column) ? column : null, "ts, symbol, open, high, low, close, adj_close, volume", "ts=Date,close=Last");

    /// <summary>Finds the columns of a header.</summary>
    /// <param name="names">The header's names, in order.</param>
    /// <param name="overrides">What <see cref="ParseOverrides"/> read.</param>
    /// <param name="symbolFromName">Whether the file's name gives the symbol when no column does.</param>
    /// <exception cref="FormatException">A column is missing; the message says which, and what the header has.</exception>
    public static ColumnMap Of(IReadOnlyList<string> names, IReadOnlyDictionary<BarColumn, string> overrides, bool symbolFromName)
    {
        var map = new ColumnMap();
        foreach (var (column, name) in overrides)
        {
            var at = names.ToList().FindIndex(n => string.Equals(n.Trim(), name, StringComparison.OrdinalIgnoreCase));
            map._at[(int)column] = at >= 0 ? at : throw new FormatException($"--map names a column '{name}', but the header has {string.Join(", ", names)}");
        }

        for (var i = 0; i < names.Count; i++)
        {
            if (Known.TryGetValue(names[i].Trim(), out var column) && !overrides.ContainsKey(column) && !map._at.Contains(i) && map._at[(int)column] < 0)
            {
                map._at[(int)column] = i;
            }
        }

        var missing = Enum.GetValues<BarColumn>()
            .Where(c => !map.Has(c) && c != BarColumn.AdjClose && !(c == BarColumn.Symbol && symbolFromName))
            .Select(c => c.ToString().ToLowerInvariant()).ToList();
        return missing.Count == 0
            ? map
            : throw new FormatException($"no column for {string.Join(", ", missing)}; the header has {string.Join(", ", names)}. Name them with --map {string.Join(",", missing.Select(m => $"{m}=NAME"))}");
    }
}
