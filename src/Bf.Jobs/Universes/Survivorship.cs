using System.Globalization;
using Bf.Core.Market;
using Bf.Jobs.Inventory;
using Bf.Jobs.Lake;

namespace Bf.Jobs.Universes;

/// <summary>What survivorship does to a universe's figures: every report says it in this sentence.</summary>
/// <param name="PointInTime">Whether the universe knows who belonged on each date.</param>
/// <param name="Text">The sentence, without a full stop.</param>
public sealed record Survivorship(bool PointInTime, string Text)
{
    private const string Flattered = "so history looks better here than it was, returns above all";

    /// <summary>Of a universe over the bars of a lake.</summary>
    public static Survivorship Of(DataLake lake, Universe universe, Interval interval) =>
        universe.IsCounts
            ? new(true, "point-in-time: official counts, each made on its date over what was listed then, and taken as they were imported")
            : Of(universe, SymbolEnds.Read(lake, interval));

    /// <summary>Of a universe of symbols over bars that were looked at already.</summary>
    public static Survivorship Of(Universe universe, SymbolEnds bars) =>
        universe.IsAll ? new(false, OfAll(bars))
        : universe.IsPointInTime ? new(true, OfMembersByDate(universe, bars))
        : new(false, OfList(universe, bars));

    private static string OfAll(SymbolEnds bars) =>
        "not point-in-time: every symbol of the lake, as long as it has bars, so as free of survivorship as the data; "
        + (bars.Count == 0 ? "there are no bars yet"
            : bars.Ended == 0 ? $"{(bars.Count == 1 ? "its symbol has" : $"all {Number(bars.Count)} symbols have")} bars to the end: nothing that was delisted is there, {Flattered}"
            : $"{Number(bars.Ended)} of {Count(bars.Count, "symbol")} {(bars.Ended == 1 ? "ends" : "end")} before the last date, as delisted ones do; others that were delisted may be missing");

    private static string OfList(Universe universe, SymbolEnds bars)
    {
        var (all, there) = (universe.Symbols.Count, universe.Symbols.Count(bars.Has));
        return $"not point-in-time: {(all == 1 ? "its symbol is" : $"its {Number(all)} symbols{(there < all ? $", {Number(there)} of them in the lake," : "")} are")} counted on every date, also before the choice was made; "
            + $"what failed or was dropped before is missing, {Flattered}";
    }

    private static string OfMembersByDate(Universe universe, SymbolEnds bars)
    {
        var members = universe.Symbols;
        var there = members.Count(bars.Has);
        return "point-in-time: on each date only that date's members are counted; "
            + (there == members.Count ? $"the lake has bars of all {Number(there)} that ever belonged"
                : $"the lake has bars of {Number(there)} of the {Number(members.Count)} that ever belonged, and what the others did is missing");
    }

    private static string Number(int n) => n.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Count(int n, string one) => $"{Number(n)} {one}{(n == 1 ? "" : "s")}";
}
