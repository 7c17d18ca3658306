using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Sources.Synthetic;

namespace Bf.Sources.Tests.Synthetic;

/// <summary>Synthetic markets, and their breadth.</summary>
internal static class Markets
{
    public static readonly Interval FiveMinutes = Interval.Parse("5m");

    public static SyntheticMarket Of(int count, int years, long seed = 1, DateOnly? end = null)
    {
        var settings = new SyntheticSettings(count, years, seed);
        return SyntheticMarket.Create(settings with { End = end ?? settings.End });
    }

    /// <summary>The dates on which each detector fires.</summary>
    public static Dictionary<string, List<DateOnly>> Fires(SyntheticMarket market)
    {
        var kernel = new BreadthKernel([Universe.All]);
        foreach (var symbol in market.Symbols)
        {
            var days = market.History(symbol.Ticker).Days;
            kernel.Add(symbol.Ticker, null, [.. days.Select(d => d.Ts)], [.. days.Select(d => d.AdjClose)], [.. days.Select(d => d.Volume)]);
        }

        var panel = new BreadthPanel(kernel.Tally(0));
        return Detectors.All.ToDictionary(d => d.Name, d => d.Fires(panel).Select(f => Timestamp.ToDate(panel.Ts[f.Index])).ToList());
    }
}
