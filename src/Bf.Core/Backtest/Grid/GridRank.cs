namespace Bf.Core.Backtest.Grid;

/// <summary>By which figure settings are ranked.</summary>
public enum GridRank
{
    /// <summary>The Sharpe ratio.</summary>
    Sharpe,
    /// <summary>The total return.</summary>
    TotalReturn,
    /// <summary>The final value; the same order as by return.</summary>
    FinalValue,
}

/// <summary>Ranking of figures.</summary>
public static class GridRanks
{
    /// <summary>The figure that is ranked; below any other where it is undefined.</summary>
    public static double Of(this GridRank rank, in GridFigures figures)
    {
        var figure = rank switch { GridRank.Sharpe => figures.Sharpe, GridRank.TotalReturn => figures.TotalReturn, _ => figures.FinalValue };
        return double.IsNaN(figure) ? double.NegativeInfinity : figure;
    }

    /// <summary>The index of the best setting; of equals the first.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static int Best(this GridRank rank, GridFigures[] figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        if (figures.Length == 0)
        {
            throw new ArgumentException("a grid without settings has no best", nameof(figures));
        }

        var best = 0;
        for (var i = 1; i < figures.Length; i++)
        {
            best = rank.Of(figures[i]) > rank.Of(figures[best]) ? i : best;
        }

        return best;
    }
}
