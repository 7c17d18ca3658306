using System.CommandLine;
using Bf.Core.Backtest.Strategies;
using Bf.Core.Signals;
using Bf.Jobs.Backtests;

namespace Bf.Cli.Commands;

/// <summary>The options that choose what is traded on.</summary>
internal sealed class StrategyOptions
{
    private readonly Option<string> _signal = new("--signal") { Description = $"what to trade on: {string.Join(", ", BuySignals.Names)}", HelpName = "SIGNAL", DefaultValueFactory = _ => BuySignals.Score };
    private readonly Option<string?> _exit = new("--exit") { Description = "a signal that closes all positions; score: once it is down at --sell", HelpName = "SIGNAL" };
    private readonly Option<string> _side = new("--side") { Description = "long, short, or both: long on the signal, short on the exit", HelpName = "SIDE", DefaultValueFactory = _ => "long" };
    private readonly Option<double> _buy = new("--buy") { Description = "score from which on it says buy", HelpName = "SCORE", DefaultValueFactory = _ => BreadthScore.Buy };
    private readonly Option<double> _sell = new("--sell") { Description = "score down from which it says sell", HelpName = "SCORE", DefaultValueFactory = _ => BreadthScore.Sell };

    public StrategyOptions()
    {
        _side.AcceptOnly(BacktestWords.Sides);
        _exit.CompletionSources.Add([.. BuySignals.Names]);
        _signal.CompletionSources.Add([.. BuySignals.Names]);
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_signal, _exit, _side, _buy, _sell])
        {
            command.Options.Add(option);
        }
    }

    public StrategySettings Read(Invocation call)
    {
        var strategy = new StrategySettings(Name("--signal", call.Get(_signal)!))
        {
            Exit = call.Get(_exit) is { } exit ? Name("--exit", exit) : null,
            Side = BacktestWords.Side(call.Get(_side)),
            Buy = call.Get(_buy),
            Sell = call.Get(_sell),
        };
        if (strategy is { Side: StrategySide.Both, Exit: null })
        {
            throw new UsageException("--side both needs --exit SIGNAL, on which it sells short, such as --exit score");
        }

        try
        {
            strategy.Validate();
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }

        return strategy;
    }

    private static string Name(string option, string signal) => BuySignals.Names.FirstOrDefault(n => n.Equals(signal, StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException($"{option}: no signal '{signal}'; there are {string.Join(", ", BuySignals.Names)}");
}
