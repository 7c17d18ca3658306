using Bf.Core.Market;

namespace Bf.Core.Quality.Checks;

internal sealed class NoShares : SymbolCheck
{
    private const int Fewest = 20;

    private static readonly (string Mark, bool AtEnd, string What)[] Names =
    [
        ("^", false, "an index"), (".INDX", true, "an index"), ("=X", true, "a currency"), ("=F", true, "a future"),
    ];

    public override string Name => "no_shares";

    public override string Title => "Symbols that are no shares";

    public override string LooksFor =>
        $"names of indices, currencies and futures ({string.Join(", ", Names.Select(n => n.AtEnd ? $"...{n.Mark}" : $"{n.Mark}..."))}), and symbols with {Fewest} bars or more and never any volume: indices, funds by net asset value";

    public override string Matters => "breadth counts stocks: an index or a fund among them counts the same stocks twice";

    public override string ToDo => "leave them out: bf signals generate --symbol-list NAME, a list being a file symbol-lists/NAME.csv with one symbol a line";

    public override IReadOnlyList<QualityThreshold> Thresholds => [new("bars", Fewest, "the fewest bars that can say a symbol never has volume")];

    public override void Look(BarSeries bars, MarketCalendar calendar, Evidence evidence)
    {
        var named = Names.FirstOrDefault(n => n.AtEnd ? bars.Symbol.EndsWith(n.Mark, StringComparison.Ordinal) : bars.Symbol.StartsWith(n.Mark, StringComparison.Ordinal));
        var what = named.What is not null ? $"{named.What}, by its name"
            : bars.Count >= Fewest && !bars.Volume.AsSpan().ContainsAnyExcept(0L) ? $"no volume in {Words.Count(bars.Count, "bar")}"
            : null;
        if (what is not null)
        {
            evidence.Add(new(bars.Symbol, bars.Ts[0], bars.Ts[^1], bars.Count, what), bars.Count);
        }
    }

    public override string Say(Evidence evidence) => $"{Words.Count(evidence.Symbols, "symbol")} with {Words.Count(evidence.Count, "bar")} {(evidence.Symbols == 1 ? "is" : "are")} no share, it seems";
}
