using System.Numerics;

namespace Bf.Core.Backtest.Grid;

/// <summary>
/// Trades pairs one after the other. Only the bars on which the upper average changes are visited: between them the equity follows
/// the price, so that <see cref="PriceRanges"/> has what it did.
/// </summary>
internal sealed class CrossTrader(double[] closes, SmaPair[] pairs, SmaCrossSettings settings, CrossWords words, PriceRanges? ranges)
{
    // Below this share of their mean square the variance of returns has lost the digits that were asked for.
    private const double Cancelled = 1e-4;

    // As in EquityMetrics: a deviation below it is rounding.
    private const double Noise = 1e-14;

    private readonly int _first = settings.First;
    private readonly int _last = settings.Last ?? (closes.Length - 1);
    private readonly double _cost = 1 + settings.Fees;
    private readonly double _rest = 1 - settings.Fees;
    private int[] _turns = new int[256];

    /// <summary>Trades a pair.</summary>
    /// <param name="pair">The pair's index among all.</param>
    /// <param name="index">Its index among those of the words.</param>
    public GridFigures Trade(int pair, int index)
    {
        var orders = FindTurns(pairs[pair], index);
        var turns = _turns;
        var cash = settings.InitialCapital;
        var walk = new EquityWalk(cash);
        for (var i = 0; i < orders; i += 2)
        {
            var entry = turns[i];
            var exit = i + 1 < orders ? turns[i + 1] : _last + 1;
            var shares = cash / (closes[entry] * _cost);
            // returns begin with the second date: what a fill on the first one costs is part of that
            var held = entry == _first ? entry + 1 : entry;
            var value = cash;
            if (held < exit)
            {
                walk.Step(cash, shares * closes[held]);
                if (exit - held > 1)
                {
                    ranges!.Hold(ref walk, shares, held + 1, exit - 1);
                }

                value = shares * closes[exit - 1];
            }

            if (exit <= _last)
            {
                cash = shares * closes[exit] * _rest;
                walk.Step(value, cash);
            }
            else
            {
                cash = shares * closes[exit - 1];
            }
        }

        return new(orders, cash, (cash / settings.InitialCapital) - 1, Sharpe(pair, index, orders, walk), walk.Depth);
    }

    /// <summary>The equity of a pair on each bar of the span.</summary>
    public double[] Equity(int pair, int index, out int orders)
    {
        orders = FindTurns(pairs[pair], index);
        var equity = new double[_last - _first + 1];
        var (cash, shares) = (settings.InitialCapital, 0.0);
        for (int i = 0, next = 0; i < equity.Length; i++)
        {
            var close = closes[_first + i];
            if (next < orders && _turns[next] == _first + i)
            {
                (cash, shares) = next++ % 2 == 0 ? (0.0, cash / (close * _cost)) : (shares * close * _rest, 0.0);
            }

            equity[i] = shares > 0 ? shares * close : cash;
        }

        return equity;
    }

    private double Sharpe(int pair, int index, int orders, in EquityWalk walk)
    {
        var returns = _last - _first;
        if (orders == 0 || returns < 2)
        {
            return double.NaN;
        }

        var spread = walk.Squares - (walk.Sum * walk.Sum / returns);
        if (!(spread > Cancelled * walk.Squares))
        {
            return EquityMetrics.Sharpe(EquityMetrics.FromCapital(Equity(pair, index, out _), settings.InitialCapital), settings.DatesPerYear) ?? double.NaN;
        }

        var deviation = Math.Sqrt(spread / (returns - 1));
        return deviation > Noise ? walk.Sum / returns / deviation * Math.Sqrt(settings.DatesPerYear) : double.NaN;
    }

    /// <summary>
    /// The bars of the span on which to buy and to sell, in turn. Fast counts as above before it is defined, so that nothing is bought
    /// before it was below; bars before the span tell on which side it was, as the close before tells a trader who begins today.
    /// </summary>
    private int FindTurns(SmaPair pair, int index)
    {
        var from = pair.Slow - 1;
        var (found, before) = (0, 1UL);
        for (var word = from >> 6; word <= _last >> 6 && from <= _last; word++)
        {
            var start = word << 6;
            var valid = ulong.MaxValue << Math.Max(0, from - start) & ulong.MaxValue >> Math.Max(0, 63 - (_last - start));
            var above = words.Above(index, word, valid, before) | (start < from ? ~(ulong.MaxValue << (from - start)) : 0);
            var changes = (above ^ (above << 1 | before)) & valid;
            before = above >> 63;
            if (start < _first)
            {
                changes &= _first - start < 64 ? ulong.MaxValue << (_first - start) : 0;
            }

            if (found + 64 > _turns.Length)
            {
                Array.Resize(ref _turns, _turns.Length * 2);
            }

            while (changes != 0)
            {
                var bit = BitOperations.TrailingZeroCount(changes);
                changes &= changes - 1;
                // the first change is a fall below: there is nothing to sell yet
                if (found > 0 || (above >> bit & 1) != 0)
                {
                    _turns[found++] = start + bit;
                }
            }
        }

        return found;
    }
}
