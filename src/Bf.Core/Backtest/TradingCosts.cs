namespace Bf.Core.Backtest;

/// <summary>What a trade costs: slippage worsens the price, commission is a fraction of the value at that price.</summary>
internal readonly record struct TradingCosts(double CommissionRate, double SlippageRate)
{
    public double BuyPrice(double quoted) => quoted * (1 + SlippageRate);

    public double SellPrice(double quoted) => quoted * (1 - SlippageRate);

    public double Commission(double shares, double price) => CommissionRate * (shares * price);

    public double Outlay(double shares, double price) => (shares * price) + Commission(shares, price);

    /// <summary>The most shares whose price and commission a budget pays.</summary>
    public double Affordable(double budget, double price)
    {
        var shares = budget / (price * (1 + CommissionRate));
        while (Outlay(shares, price) > budget)
        {
            // rounding may overshoot by a unit in the last place, and cash must not go below 0
            shares = Math.BitDecrement(shares);
        }

        return shares;
    }
}
