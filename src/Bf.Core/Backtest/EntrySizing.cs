namespace Bf.Core.Backtest;

/// <summary>What each position of a signal may cost.</summary>
internal readonly struct EntrySizing(BacktestSettings settings, double equity)
{
    private bool ByVolatility => settings.Sizing == PositionSizing.Volatility;

    /// <summary>The most positions. A size such as 1/49 must allow 49 of them though 1 / (1/49) rounds below.</summary>
    public double Most => Math.Min(settings.MaxPositions ?? int.MaxValue, settings.PositionSize is { } size && !ByVolatility ? Math.Floor((1 / size) + 1e-9) : double.PositiveInfinity);

    /// <summary>Whether enough is known of a symbol.</summary>
    public bool CanSize(PriceCursor prices) => !ByVolatility || prices.Volatility(settings.VolatilityDays) is not null;

    /// <summary>
    /// The budget of each. Shares are of the number ordered, not of the number filled: who will have a bar tomorrow is not known today.
    /// </summary>
    public double[] Budgets(IReadOnlyList<PriceCursor> chosen, double datesPerYear)
    {
        var budgets = new double[chosen.Count];
        if (!ByVolatility)
        {
            for (var i = 0; i < budgets.Length; i++)
            {
                budgets[i] = settings.PositionSize is { } size ? equity * size : equity / budgets.Length;
            }

            return budgets;
        }

        var sum = 0.0;
        for (var i = 0; i < budgets.Length; i++)
        {
            var volatility = chosen[i].Volatility(settings.VolatilityDays)!.Value * Math.Sqrt(datesPerYear);
            sum += budgets[i] = Math.Min(settings.TargetVolatility / volatility / budgets.Length, settings.PositionSize ?? double.PositiveInfinity);
        }

        for (var i = 0; i < budgets.Length; i++)
        {
            // no debts: weights of more than all the equity shrink in proportion
            budgets[i] = equity * (budgets[i] / Math.Max(sum, 1));
        }

        return budgets;
    }
}
