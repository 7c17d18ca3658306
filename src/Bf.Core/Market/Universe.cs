namespace Bf.Core.Market;

/// <summary>
/// The symbols whose breadth is measured, with the time that each is a member.
/// A symbol is counted on a date only while a member; its earlier bars still fill its windows.
/// </summary>
public sealed class Universe
{
    private readonly Dictionary<string, Membership[]>? _members;

    private Universe(string name, Dictionary<string, Membership[]>? members, bool counts = false)
    {
        Name = name;
        _members = members;
        IsCounts = counts;
    }

    /// <summary>The universe of every symbol of the lake.</summary>
    public static Universe All { get; } = new("all", null);

    /// <summary>The universe's name, as it stands in the tables.</summary>
    public string Name { get; }

    /// <summary>Whether every symbol belongs.</summary>
    public bool IsAll => _members is null;

    /// <summary>Whether the universe is known by imported counts alone, not by its members' bars.</summary>
    public bool IsCounts { get; }

    /// <summary>The symbols that belong at some time, in ordinal order; empty for <see cref="All"/> and for counts.</summary>
    public IReadOnlyList<string> Symbols => _members is null ? [] : [.. _members.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether some membership begins or ends, that is, whether the universe knows who belonged when.</summary>
    public bool IsPointInTime => _members is not null && _members.Values.Any(m => m is not [{ From: long.MinValue, To: long.MaxValue }]);

    /// <summary>A universe that is known by imported counts: its members are not.</summary>
    public static Universe OfCounts(string name) => new(name, [], counts: true);

    /// <summary>A universe of symbols that always belong.</summary>
    public static Universe Of(string name, IEnumerable<string> symbols) =>
        new(name, symbols.Distinct(StringComparer.Ordinal).ToDictionary(s => s, _ => new[] { Membership.Always }, StringComparer.Ordinal));

    /// <summary>A universe with membership intervals; those of one symbol may not overlap.</summary>
    /// <exception cref="ArgumentException">An interval ends before it begins, or two of one symbol overlap.</exception>
    public static Universe Of(string name, IEnumerable<(string Symbol, Membership Stay)> stays)
    {
        var members = new Dictionary<string, Membership[]>(StringComparer.Ordinal);
        foreach (var (symbol, stay) in stays)
        {
            members[symbol] = members.TryGetValue(symbol, out var others) ? InOrder(others, stay) : [stay];
        }

        foreach (var (symbol, list) in members)
        {
            for (var i = 0; i < list.Length; i++)
            {
                if (list[i].From >= list[i].To || (i > 0 && list[i - 1].To > list[i].From))
                {
                    throw new ArgumentException($"universe {name}: the memberships of {symbol} are empty or overlap");
                }
            }
        }

        return new(name, members);
    }

    /// <summary>Every symbol that belongs to one of the universes at some time.</summary>
    public static Universe Union(IReadOnlyList<Universe> universes)
    {
        ArgumentNullException.ThrowIfNull(universes);
        return universes.Count == 1 ? universes[0] : universes.Any(u => u.IsAll) ? All : Of("", universes.SelectMany(u => u.Symbols));
    }

    /// <summary>The stays of a symbol, in order of time; empty when it never belongs.</summary>
    public ReadOnlySpan<Membership> StaysOf(string symbol) =>
        _members is null ? AlwaysMember : _members.TryGetValue(symbol, out var m) ? m : [];

    // loops rather than queries: those over value types would be compiled at start, which takes longer than the lists
    private static Membership[] InOrder(Membership[] stays, Membership stay)
    {
        var at = 0;
        while (at < stays.Length && stays[at].From <= stay.From)
        {
            at++;
        }

        var more = new Membership[stays.Length + 1];
        for (var i = 0; i < more.Length; i++)
        {
            more[i] = i < at ? stays[i] : i == at ? stay : stays[i - 1];
        }

        return more;
    }

    private static readonly Membership[] AlwaysMember = [Membership.Always];
}
