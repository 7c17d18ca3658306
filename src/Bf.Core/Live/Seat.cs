using Bf.Core.Market;

namespace Bf.Core.Live;

/// <summary>A symbol's stay in one of the universes that are counted.</summary>
/// <param name="Universe">Index of the universe.</param>
/// <param name="Stay">From when to when.</param>
internal readonly record struct Seat(int Universe, Membership Stay)
{
    /// <summary>Whether a bar of this time is counted.</summary>
    public bool Holds(long ts) => ts >= Stay.From && (ts < Stay.To || Stay.To == long.MaxValue);

    /// <summary>All stays of a symbol in some universes.</summary>
    public static Seat[] Of(string symbol, IReadOnlyList<Universe> universes)
    {
        var seats = new List<Seat>();
        for (var u = 0; u < universes.Count; u++)
        {
            foreach (var stay in universes[u].StaysOf(symbol))
            {
                seats.Add(new(u, stay));
            }
        }

        return [.. seats];
    }
}
