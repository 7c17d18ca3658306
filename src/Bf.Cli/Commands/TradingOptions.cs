using System.CommandLine;
using Bf.Core.Backtest;
using Bf.Jobs.Backtests;

namespace Bf.Cli.Commands;

/// <summary>The options that say how a backtest trades: sizes, exits, fills, costs.</summary>
internal sealed class TradingOptions
{
    private static readonly BacktestSettings Usual = new();
    private readonly Option<int?> _hold = new("--hold-days") { Description = $"dates that a position is held at most (else {Usual.HoldDays}; with --exit without end)", HelpName = "N" };
    private readonly Option<double?> _stopLoss = new("--stop-loss") { Description = "close a position that has lost this part at a close", HelpName = "FRACTION" };
    private readonly Option<double?> _trailing = new("--trailing-stop") { Description = "close a position that has fallen by this part from its best close", HelpName = "FRACTION" };
    private readonly Option<double?> _takeProfit = new("--take-profit") { Description = "close a position that has gained this part at a close", HelpName = "FRACTION" };
    private readonly Option<double> _capital = new("--initial-capital") { Description = "money at the start", HelpName = "MONEY", DefaultValueFactory = _ => Usual.InitialCapital };
    private readonly Option<string?> _sizing = new("--sizing") { Description = "equal shares of all; fixed: --position-size each; volatility: more of what is calm, for --target-volatility", HelpName = "HOW" };
    private readonly Option<double?> _size = new("--position-size") { Description = "share of equity for each position, at most (else equal shares of all)", HelpName = "FRACTION" };
    private readonly Option<double> _target = new("--target-volatility") { Description = "volatility a year that --sizing volatility aims at", HelpName = "FRACTION", DefaultValueFactory = _ => Usual.TargetVolatility };
    private readonly Option<int> _volatilityDays = new("--volatility-days") { Description = "closes of which a symbol's volatility is made", HelpName = "N", DefaultValueFactory = _ => Usual.VolatilityDays };
    private readonly Option<int?> _most = new("--max-positions") { Description = "most positions at once, the most traded first (else all members)", HelpName = "N" };
    private readonly Option<string> _fill = new("--fill") { Description = "next-open, or same-close: at the price that made the signal, which nobody can have", HelpName = "WHEN", DefaultValueFactory = _ => "next-open" };
    private readonly Option<int> _delay = new("--delay") { Description = "dates by which every fill comes later", HelpName = "N", DefaultValueFactory = _ => Usual.Delay };
    private readonly Option<double> _commission = new("--commission-rate", "--fees") { Description = "commission, a fraction of the traded value, on each side", HelpName = "RATE", DefaultValueFactory = _ => Usual.CommissionRate };
    private readonly Option<double?> _slippage = new("--slippage-rate") { Description = $"slippage, a fraction of the price, on each side (else {Usual.SlippageRate})", HelpName = "RATE" };
    private readonly Option<double?> _slippageBps = new("--slippage-bps") { Description = "the same in basis points", HelpName = "BPS" };
    private readonly Option<double> _borrow = new("--borrow-rate") { Description = "what borrowing shares for shorts costs a year", HelpName = "RATE", DefaultValueFactory = _ => Usual.BorrowRate };
    private readonly Option<double> _cash = new("--cash-rate") { Description = "interest on cash, a year", HelpName = "RATE", DefaultValueFactory = _ => Usual.CashRate };
    private readonly Option<double> _haircut = new("--delisting-haircut") { Description = "part of a delisted symbol's last close that is lost", HelpName = "FRACTION", DefaultValueFactory = _ => Usual.DelistingHaircut };

    public TradingOptions()
    {
        _sizing.AcceptOnly(BacktestWords.Sizings);
        _fill.AcceptOnly(BacktestWords.Fills);
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[
            _hold, _stopLoss, _trailing, _takeProfit, _capital, _sizing, _size, _target, _volatilityDays, _most, _fill, _delay,
            _commission, _slippage, _slippageBps, _borrow, _cash, _haircut])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The settings that the options name.</summary>
    /// <param name="call">The call.</param>
    /// <param name="endless">Whether positions are held without end where no holding time is given.</param>
    /// <param name="from">The first instant of the span.</param>
    /// <param name="to">The last, inclusive.</param>
    public BacktestSettings Read(Invocation call, bool endless, long? from, long? to)
    {
        if (call.Get(_slippage) is not null && call.Get(_slippageBps) is not null)
        {
            throw new UsageException("--slippage-rate and --slippage-bps say the same: give one");
        }

        if (call.Get(_sizing) == "fixed" && call.Get(_size) is null)
        {
            throw new UsageException("--sizing fixed needs --position-size FRACTION, such as 0.05");
        }

        var settings = new BacktestSettings
        {
            InitialCapital = call.Get(_capital),
            Sizing = call.Get(_sizing) is { } sizing ? BacktestWords.Sizing(sizing) : call.Get(_size) is null ? PositionSizing.Equal : PositionSizing.Fixed,
            PositionSize = call.Get(_size),
            TargetVolatility = call.Get(_target),
            VolatilityDays = call.Get(_volatilityDays),
            MaxPositions = call.Get(_most),
            HoldDays = call.Get(_hold) ?? (endless ? null : Usual.HoldDays),
            StopLoss = call.Get(_stopLoss),
            TrailingStop = call.Get(_trailing),
            TakeProfit = call.Get(_takeProfit),
            Fill = BacktestWords.Fill(call.Get(_fill)),
            Delay = call.Get(_delay),
            CommissionRate = call.Get(_commission),
            SlippageRate = call.Get(_slippage) ?? call.Get(_slippageBps) / 10_000 ?? Usual.SlippageRate,
            BorrowRate = call.Get(_borrow),
            CashRate = call.Get(_cash),
            DelistingHaircut = call.Get(_haircut),
            From = from,
            To = to,
        };
        try
        {
            settings.Validate();
        }
        catch (ArgumentException e)
        {
            throw UsageException.Of(e);
        }

        return settings;
    }
}
