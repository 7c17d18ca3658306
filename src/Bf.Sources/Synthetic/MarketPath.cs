namespace Bf.Sources.Synthetic;

/// <summary>
/// What all symbols share, by session: the market's return (bull and bear regimes, volatility in clusters), the sectors' returns,
/// and the sessions in which breadth is planted.
/// </summary>
internal sealed class MarketPath
{
    /// <summary>The sectors' names.</summary>
    public static readonly string[] Sectors =
        ["communication", "consumer discretionary", "consumer staples", "energy", "financials", "health care", "industrials", "materials", "real estate", "technology", "utilities"];

    public MarketPath(SyntheticSettings settings, int sessions)
    {
        Plan = new ThrustPlan(settings.Seed, sessions);
        Market = new double[sessions];
        Sector = [.. Sectors.Select(_ => new double[sessions])];
        var random = new RandomStream(settings.Seed, Chance.Market);
        var cluster = default(VolatilityCluster);
        var bear = false;
        for (var t = 0; t < sessions; t++)
        {
            bear ^= random.Happens(bear ? 1.0 / 150 : 1.0 / 500);
            Market[t] = (bear ? -0.0005 : 0.0006) + ((bear ? 0.010 : 0.006) * cluster.Next(random.Normal()));
            foreach (var sector in Sector)
            {
                sector[t] = 0.004 * random.Normal();
            }
        }
    }

    /// <summary>The market's return.</summary>
    public double[] Market { get; }

    /// <summary>Each sector's return beyond the market's.</summary>
    public double[][] Sector { get; }

    /// <summary>When breadth is planted.</summary>
    public ThrustPlan Plan { get; }
}
