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
    /// <summary>The time of the day, where the date has a column of its own.</summary>
    Time,
    /// <summary>The bar's length, as Stooq writes it: D, or minutes.</summary>
    Period,
}

/// <summary>Which column of a file holds what.</summary>
public sealed class ColumnMap
{
    private const string Absent = "none";
    private static readonly BarColumn[] Required = [BarColumn.Ts, BarColumn.Open, BarColumn.High, BarColumn.Low, BarColumn.Close, BarColumn.Volume];
    private readonly int[] _at;

    private ColumnMap(int[] at) => _at = at;

    /// <summary>The position of a column in the file, -1 when the file has none.</summary>
    public int this[BarColumn column] => _at[(int)column];

    /// <summary>Whether the file has a column.</summary>
    public bool Has(BarColumn column) => _at[(int)column] >= 0;

    /// <summary>A map with columns at given positions; -1 where there is none. By the order of <see cref="BarColumn"/>.</summary>
    internal static ColumnMap At(params ReadOnlySpan<int> positions)
    {
        var at = new int[Enum.GetValues<BarColumn>().Length];
        Array.Fill(at, -1);
        positions.CopyTo(at);
        return new(at);
    }

    /// <summary>Reads <c>--map</c>: <c>ts=Date,close=Last</c>; on the left a column of bf, on the right the file's, by its name or its place (1, 2, ...), or <c>none</c>.</summary>
    /// <exception cref="FormatException">A part is not of that form, or names no column of bf.</exception>
    public static IReadOnlyDictionary<BarColumn, string> ParseOverrides(string? map)
    {
        var answer = MapOption.Parse<BarColumn>(map, name => ColumnNames.TryColumn(name, out var column) ? column : null, "ts, time, symbol, open, high, low, close, adj_close, volume", "ts=Date,close=Last");
        foreach (var (column, _) in answer.Where(o => o.Value == Absent && Required.Contains(o.Key) && o.Key != BarColumn.Volume))
        {
            throw new FormatException($"--map {column.ToString().ToLowerInvariant()}={Absent}: only volume, adj_close, time and per can be left out");
        }

        return answer;
    }

    /// <summary>Finds the columns of a header.</summary>
    /// <param name="names">The header's names, in order.</param>
    /// <param name="overrides">What <see cref="ParseOverrides"/> read.</param>
    /// <param name="symbolFromName">Whether the file's name gives the symbol when no column does.</param>
    /// <exception cref="FormatException">A column is missing; the message says which, and what the header has.</exception>
    public static ColumnMap Of(IReadOnlyList<string> names, IReadOnlyDictionary<BarColumn, string> overrides, bool symbolFromName)
    {
        var map = new ColumnMap(ColumnNames.Find(names));
        foreach (var (column, name) in overrides)
        {
            map._at[(int)column] = Place(names, name);
        }

        // what --map takes for one column is no longer another's by its name
        foreach (var column in Enum.GetValues<BarColumn>().Where(c => map.Has(c) && !overrides.ContainsKey(c)))
        {
            if (overrides.Keys.Any(o => map[o] == map[column]))
            {
                map._at[(int)column] = -1;
            }
        }

        var missing = Required.Append(BarColumn.Symbol)
            .Where(c => !map.Has(c) && !overrides.ContainsKey(c) && !(c == BarColumn.Symbol && symbolFromName))
            .Select(c => c.ToString().ToLowerInvariant()).ToList();
        return missing.Count == 0
            ? map
            : throw new FormatException($"no column for {string.Join(", ", missing)}; the header has {string.Join(", ", names)}. Name them with --map {string.Join(",", missing.Select(m => $"{m}=NAME"))}"
                + (missing is ["volume"] ? ", or say that there is none: --map volume=none" : ""));
    }

    /// <summary>Which column of a header is taken for which of ours, as in <c>ts=Date, close=Close/Last</c>; by place without header.</summary>
    public string Describe(IReadOnlyList<string> header) =>
        string.Join(", ", Enum.GetValues<BarColumn>().Where(Has).Select(c => $"{NameOf(c)}={(header.Count > 0 ? header[this[c]].Trim() : this[c] + 1)}"));

    private static string NameOf(BarColumn column) => column switch { BarColumn.AdjClose => "adj_close", BarColumn.Period => "per", _ => column.ToString().ToLowerInvariant() };

    private static int Place(IReadOnlyList<string> names, string name)
    {
        if (name == Absent)
        {
            return -1;
        }

        var at = names.Index().FirstOrDefault(n => string.Equals(n.Item.Trim(), name, StringComparison.OrdinalIgnoreCase), (Index: -1, Item: "")).Index;
        if (at < 0 && int.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var place) && place >= 1 && place <= names.Count)
        {
            at = place - 1;
        }

        return at >= 0 ? at : throw new FormatException($"--map names a column '{name}', but the header has {string.Join(", ", names)}");
    }
}
