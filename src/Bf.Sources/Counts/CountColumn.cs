namespace Bf.Sources.Counts;

/// <summary>The columns of official counts, as a file's header may call them.</summary>
public enum CountColumn
{
    /// <summary>The date.</summary>
    Ts,
    /// <summary>Advancing issues.</summary>
    Adv,
    /// <summary>Declining issues.</summary>
    Dec,
    /// <summary>Unchanged issues.</summary>
    Unch,
    /// <summary>Volume of the advancing issues.</summary>
    UpVol,
    /// <summary>Volume of the declining issues.</summary>
    DownVol,
    /// <summary>Issues at a 52-week high.</summary>
    Highs,
    /// <summary>Issues at a 52-week low.</summary>
    Lows,
}

/// <summary>Which column of a file of counts holds what.</summary>
public sealed class CountMap
{
    // letters and digits alone, in lower case: "Advancing Volume", advancing_volume and AdvancingVolume are one
    private static readonly Dictionary<string, CountColumn> Known = new (CountColumn Column, string Names)[]
    {
        (CountColumn.Ts, "ts date day time datetime timestamp tradedate tradingday datum"),
        (CountColumn.Adv, "adv advance advances advancing advancers advancingissues advancingstocks issuesadvanced issuesadvancing advissues numberadvancing up"),
        (CountColumn.Dec, "dec decl decline declines declining decliners decliningissues decliningstocks issuesdeclined issuesdeclining decissues numberdeclining down"),
        (CountColumn.Unch, "unch unc unchanged unchangedissues unchangedstocks issuesunchanged unchissues numberunchanged"),
        (CountColumn.UpVol, "upvol upvolume volumeup advvol advvolume advancingvolume advancevolume advancesvolume volumeadvancing"),
        (CountColumn.DownVol, "downvol downvolume volumedown decvol decvolume declvolume decliningvolume declinevolume declinesvolume volumedeclining"),
        (CountColumn.Highs, "newhighs newhigh highs nh nh252 new52weekhighs newhighs52week 52weekhighs"),
        (CountColumn.Lows, "newlows newlow lows nl nl252 new52weeklows newlows52week 52weeklows"),
    }.SelectMany(c => c.Names.Split(' '), (c, name) => (c.Column, Name: name)).ToDictionary(c => c.Name, c => c.Column, StringComparer.Ordinal);

    private readonly int[] _at = new int[Enum.GetValues<CountColumn>().Length];

    private CountMap() => Array.Fill(_at, -1);

    /// <summary>The position of a column in the file, -1 when the file has none.</summary>
    public int this[CountColumn column] => _at[(int)column];

    /// <summary>Whether the file has a column.</summary>
    public bool Has(CountColumn column) => this[column] >= 0;

    /// <summary>Reads <c>--map</c>: <c>adv=Up,dec=Down</c>.</summary>
    /// <exception cref="FormatException">A part is not of that form, or names no column of bf.</exception>
    public static IReadOnlyDictionary<CountColumn, string> ParseOverrides(string? map) =>
        MapOption.Parse(map, Find, "date, adv, dec, unch, up_vol, down_vol, new_highs, new_lows", "date=Day,adv=Gainers,dec=Losers");

    /// <summary>Finds the columns of a header.</summary>
    /// <param name="names">The header's names, in order.</param>
    /// <param name="overrides">What <see cref="ParseOverrides"/> read.</param>
    /// <exception cref="FormatException">A column is missing, or two could be it; the message says which, and what the header has.</exception>
    public static CountMap Of(IReadOnlyList<string> names, IReadOnlyDictionary<CountColumn, string> overrides)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(overrides);
        var map = new CountMap();
        foreach (var column in Enum.GetValues<CountColumn>())
        {
            var theirs = overrides.GetValueOrDefault(column);
            var found = Enumerable.Range(0, names.Count)
                .Where(i => theirs is null ? Find(names[i]) == column && !overrides.Values.Contains(names[i].Trim(), StringComparer.OrdinalIgnoreCase) : names[i].Trim().Equals(theirs, StringComparison.OrdinalIgnoreCase)).ToList();
            if (found.Count > 1 || (found.Count == 0 && (theirs is not null || column is CountColumn.Ts or CountColumn.Adv or CountColumn.Dec)))
            {
                var (ours, has) = (NameOf(column), $"the header has {string.Join(", ", names)}");
                throw new FormatException(
                    found.Count > 1 ? $"{string.Join(" and ", found.Select(i => names[i].Trim()))} could both be {ours}; say which with --map {ours}=NAME"
                    : theirs is not null ? $"--map names a column '{theirs}', but {has}"
                    : $"no column for {ours}; {has}. Name it with --map {ours}=NAME");
            }

            map._at[(int)column] = found.Count == 1 ? found[0] : -1;
        }

        return map;
    }

    /// <summary>The name of a column on the command line and in messages.</summary>
    public static string NameOf(CountColumn column) => column switch
    {
        CountColumn.Ts => "date",
        CountColumn.UpVol => "up_vol",
        CountColumn.DownVol => "down_vol",
        CountColumn.Highs => "new_highs",
        CountColumn.Lows => "new_lows",
        _ => column.ToString().ToLowerInvariant(),
    };

    private static CountColumn? Find(string name) =>
        Known.TryGetValue(string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant(), out var column) ? column : null;
}
