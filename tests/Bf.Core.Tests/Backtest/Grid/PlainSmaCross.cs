using System.Numerics;
using Bf.Core.Backtest;
using Bf.Core.Backtest.Grid;
using Bf.Core.Market;

namespace Bf.Core.Tests.Backtest.Grid;

/// <summary>The rules of <see cref="SmaCrossGrid"/> once more, word by word: bar by bar, each average summed anew, compared as fractions.</summary>
internal static class PlainSmaCross
{
    public static GridFigures Run(double[] closes, SmaPair pair, SmaCrossSettings settings) => Run(closes, pair, settings, out _);

    public static GridFigures Run(double[] closes, SmaPair pair, SmaCrossSettings settings, out double[] equity)
    {
        var last = settings.Last ?? (closes.Length - 1);
        var ticks = Array.ConvertAll(closes, c => Ticks.FromPrice(c));
        var path = new List<double>();
        var (cash, shares, orders) = (settings.InitialCapital, 0.0, 0);
        bool wasAbove = false, wasBelow = false;
        for (var i = 0; i <= last; i++)
        {
            var sign = i >= pair.Slow - 1 ? (Sum(i, pair.Fast) * pair.Slow).CompareTo(Sum(i, pair.Slow) * pair.Fast) : 0;
            var (above, below) = (sign > 0, sign < 0);
            if (i >= settings.First && shares == 0 && above && wasBelow)
            {
                shares = cash / (closes[i] * (1 + settings.Fees));
                cash = 0;
                orders++;
            }
            else if (shares > 0 && below && wasAbove)
            {
                cash = shares * closes[i] * (1 - settings.Fees);
                shares = 0;
                orders++;
            }

            if (i >= settings.First)
            {
                path.Add(cash + (shares * closes[i]));
            }

            (wasAbove, wasBelow) = sign == 0 ? (wasAbove, wasBelow) : (above, below);
        }

        equity = [.. path];
        double[] curve = [equity.Length > 1 ? settings.InitialCapital : equity[0], .. equity[1..]];
        return new(orders, equity[^1], (equity[^1] / settings.InitialCapital) - 1, EquityMetrics.Sharpe(curve) ?? double.NaN, Drawdown.Maximum(curve)?.Depth ?? 0);

        BigInteger Sum(int bar, int length) => ticks[(bar + 1 - length)..(bar + 1)].Aggregate(BigInteger.Zero, (sum, t) => sum + t);
    }
}
