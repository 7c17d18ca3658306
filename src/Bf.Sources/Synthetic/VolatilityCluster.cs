namespace Bf.Sources.Synthetic;

/// <summary>Volatility that comes in clusters: GARCH(1,1) with mean variance 1 (Bollerslev 1986), kept below 3 times the usual volatility.</summary>
internal struct VolatilityCluster
{
    private const double News = 0.08;
    private const double Memory = 0.88;
    private double _excess; // variance - 1, so that the default value is the usual one

    /// <summary>The present volatility, as a multiple of the usual one.</summary>
    public readonly double Volatility => Math.Sqrt(1 + _excess);

    /// <summary>The next shock from a standard normal deviate, in units of the usual volatility.</summary>
    public double Next(double z)
    {
        var shock = Volatility * z;
        _excess = Math.Min((News * ((shock * shock) - 1)) + (Memory * _excess), 8);
        return shock;
    }
}
